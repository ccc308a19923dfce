import { codedFrameAt, type FrameTable, keyFrameBefore } from '../../contract/frame-table-file.ts';
import type { PictureStream } from '../../contract/take.ts';
import type { Frames } from '../../document/time.ts';
import { inputFile } from '../ffmpeg/run-ffmpeg.ts';

/** A file and what is known of its picture: enough to find any frame of its take. */
export interface TakeMedia {
  readonly path: string;
  /** Of `MediaFacts`: names the demuxer of a still. */
  readonly container: string;
  readonly picture: PictureStream;
  readonly table: FrameTable;
}

/** What goes before, and what follows the stream's own name in, a `-filter_complex`. */
export interface DecodedFrames {
  readonly input: readonly string[];
  readonly filters: string;
}

/**
 * How ffmpeg hands out the frames of a take from one on: the first picture that leaves `filters` is take frame `from`,
 * the next one `from` + 1, with times that count them at the take's exact rate. They are as coded: not yet upright,
 * and in the file's own colours (`toScreen`). Hands out a last frame less or more where a file breaks its word;
 * `-frames:v` and `tpad=stop=-1:stop_mode=clone` make the count certain.
 *
 *     const { input, filters } = framesFrom(take, frames(120));
 *     [...input, '-filter_complex', `[0:${take.picture.streamIndex}]${filters},…[out]`, '-map', '[out]', '-frames:v', '48']
 *
 * A coded frame is reached by its time in the table less half a frame, never by a playhead's time: `-ss` hands out the
 * first frame at or after what it is given, so that rounding a time up loses a frame.
 * Source: measured, EDITING finding 10 (0 of 21 frames wrong that way, 9 of 21 by milliseconds).
 */
export function framesFrom(take: TakeMedia, from: Frames): DecodedFrames {
  const { table, picture, container } = take;
  const coded = codedFrameAt(table, from);
  const jump = jumpTo(table, coded);
  const input = [
    ...decoderArguments(picture),
    ...(jump ? ['-seek_timestamp', '1', '-ss', (jump.microseconds / 1e6).toFixed(6)] : ['-copyts']),
    ...inputFile(take.path, picture.timing === 'still' && container.endsWith('_pipe') ? container : undefined),
  ];
  const skip = skipTo(table, coded, jump?.ticks ?? 0);
  const { num, den } = table.rate;
  const place =
    table.timing === 'constant'
      ? [`settb=${den}/${num}`, 'setpts=N', `fps=${num}/${den}`]
      : [placed(table, from, jump?.ticks ?? 0), `fps=${num}/${den}:start_time=0:eof_action=pass`];
  return { input, filters: [...skip, ...place].join(',') };
}

const alphaDecoders: Readonly<Record<string, string>> = { vp8: 'libvpx', vp9: 'libvpx-vp9' };

/**
 * What an input of this picture needs to be decoded right. Never turned by ffmpeg, but by `toScreen` from the record: a
 * file's matrix may hold a mirror that ffmpeg does not see. ffmpeg's own decoders of VP8 and VP9 are blind to alpha.
 */
export function decoderArguments({ hasAlpha, codec }: PictureStream): string[] {
  const withAlpha = hasAlpha ? alphaDecoders[codec] : undefined;
  return ['-noautorotate', ...(withAlpha ? ['-c:v', withAlpha] : [])];
}

/** Where ffmpeg is told to jump; undefined for the start. It takes that time off every frame, rounded to ticks. */
function jumpTo(
  table: FrameTable,
  coded: number,
): { readonly microseconds: number; readonly ticks: number } | undefined {
  const { timeBase, reach } = table;
  const target = reach === 'frame' ? coded : reach === 'key' ? keyFrameBefore(table, coded) : 0;
  if (target === 0) return undefined;
  const seconds = ((justBefore(table, target) + table.ffmpegOffsetTicks) * timeBase.num) / timeBase.den;
  const microseconds = Math.round((seconds - (reach === 'key' ? keyMarginSeconds : 0)) * 1e6);
  return { microseconds, ticks: Math.round((microseconds * timeBase.den) / timeBase.num / 1e6) };
}

/** Jumps go by times of decoding, which lie before those of showing by as many frames as are reordered. */
const keyMarginSeconds = 0.5;

/** Leaves out what a jump to a key frame, or none, decodes before the frame that is wanted. */
function skipTo(table: FrameTable, coded: number, jumpTicks: number): string[] {
  if (table.reach === 'frame' || coded === 0) return [];
  if (table.reach === 'start') return [`select=gte(n\\,${coded})`];
  return [`select=gte(pts\\,${Math.ceil(justBefore(table, coded)) + table.ffmpegOffsetTicks - jumpTicks})`];
}

/** Half a frame before a coded frame, or half the way to the frame before where that is nearer; in ticks. */
function justBefore({ ticks, timeBase, rate }: FrameTable, coded: number): number {
  const at = ticks[coded] ?? 0;
  const halfFrame = (timeBase.den * rate.den) / (timeBase.num * rate.num) / 2;
  return at - Math.min(halfFrame, (at - (ticks[coded - 1] ?? at)) / 2);
}

// Puts each coded frame at the first take frame that shows it, `firstTakeFrameOf` in ffmpeg's arithmetic: a quotient
// of whole numbers below 2^53 is rounded once, and a tie at the quarter is a number that a double holds exactly.
function placed(table: FrameTable, from: Frames, seekTicks: number): string {
  const { timeBase, rate, ticks, ffmpegOffsetTicks } = table;
  const elapsed = `(PTS+${seekTicks - ffmpegOffsetTicks - (ticks[0] ?? 0)})`;
  const frame = `ceil(${elapsed}*${timeBase.num * rate.num}/${timeBase.den * rate.den}-0.25)`;
  const ticksPerFrame = `${timeBase.den * rate.den}/${timeBase.num * rate.num}`;
  return `setpts='round(max(0,${frame}-${from})*${ticksPerFrame})'`;
}
