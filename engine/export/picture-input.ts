import { inputFile } from '../media/ffmpeg/run-ffmpeg.ts';
import type { PictureFile } from './export-take.ts';

/** Arguments that open one input of a graph. */
export type GraphInput = readonly string[];

/**
 * Opens a picture for reading from about `seconds` on (in the file's own time), without the seeking to an exact time
 * and the turning that ffmpeg would do by itself: both are the graph's.
 */
export function pictureInput({ path }: PictureFile, seconds: number | undefined): GraphInput {
  const seek = seconds === undefined ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', seconds.toFixed(6)];
  return [...seek, '-noautorotate', ...inputFile(path)];
}
