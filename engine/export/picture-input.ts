import type { PictureStream } from '../contract/take.ts';
import { inputFile } from '../media/ffmpeg/run-ffmpeg.ts';
import type { PictureFile } from './export-take.ts';

/** Arguments that open one input of a graph. */
export type GraphInput = readonly string[];

/**
 * Opens a picture for reading from about `seconds` on (in the file's own time), without the seeking to an exact time
 * and the turning that ffmpeg would do by itself: both are the graph's.
 */
export function pictureInput({ path, container, stream }: PictureFile, seconds: number | undefined): GraphInput {
  const seek = seconds === undefined ? [] : ['-noaccurate_seek', '-seek_timestamp', '1', '-ss', seconds.toFixed(6)];
  const format = stream.timing === 'still' && container.endsWith('_pipe') ? container : undefined;
  return [...seek, '-noautorotate', ...decoderOf(stream), ...inputFile(path, format)];
}

/** ffmpeg's own decoders of VP8 and VP9 are blind to alpha. */
function decoderOf({ codec, hasAlpha }: PictureStream): string[] {
  if (!hasAlpha || (codec !== 'vp8' && codec !== 'vp9')) return [];
  return ['-c:v', codec === 'vp8' ? 'libvpx' : 'libvpx-vp9'];
}
