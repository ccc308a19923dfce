import { codedFrameAt, type FrameTable, keyFrameBefore } from '../contract/frame-table-file.ts';
import { type Frames, type Rate, takeFrameAt } from '../document/time.ts';

// How ffmpeg is brought to show exactly the frames of the plan. It is never told a time and trusted to find the frame
// there (a browser and ffmpeg disagree by one about what that means): every decoded frame's timestamp is turned into
// the sequence frame at which it is first shown, in whole numbers, and for each sequence frame the last one that has
// been reached is taken. A seek only saves work; where it lands changes nothing.

export interface FrameSelection {
  /** The take's rate. */
  readonly takeRate: Rate;
  readonly sequenceRate: Rate;
  /** What the first frame shows, in sequence frames from the take's first frame. */
  readonly sourceIn: Frames;
  readonly length: Frames;
  readonly frameTable: FrameTable | undefined;
}

/** Filters that turn a file's picture into `length` frames at the sequence's rate, counted from 0. */
export function selectFrames(selection: FrameSelection): string[] {
  const { frameTable, length, sequenceRate } = selection;
  const tick = frameTable?.timeBase ?? microsecond;
  return [
    `settb=${tick.num}/${tick.den}`,
    `setpts='${firstShownAt(selection)}'`,
    // The last frame once more, later: fps would take it away where the file's end falls on its sequence frame.
    'tpad=stop=1:stop_mode=clone',
    // One tick now stands for one sequence frame: at a rate of one frame a tick, fps shows for each the last frame
    // that has been reached, repeats and drops, and rounds nothing.
    `fps=fps=${tick.den}/${tick.num}:start_time=0`,
    ...holdAndCut(length),
    ...countedFrom0(sequenceRate),
  ];
}

/** Filters that hold a single picture for `length` frames. */
export function holdStill(length: Frames, sequenceRate: Rate): string[] {
  return ['setpts=0', ...holdAndCut(length), ...countedFrom0(sequenceRate)];
}

/** Filter that cuts frames `from` to `to` (not included) out of what `selectFrames` gives. */
export function cutFrames(from: number, to: number, sequenceRate: Rate): string[] {
  return [`trim=start_frame=${from}:end_frame=${to}`, ...countedFrom0(sequenceRate)];
}

/**
 * Where to start reading, in the file's own seconds; undefined for its start. Aims at the key frame that decoding must
 * begin with: a little after it, since ffmpeg steps back 3/23 s of its own accord where frames are reordered, or it
 * would land on the key frame before and decode a group of pictures for nothing. Where a jump lands anywhere, it aims
 * well before.
 */
export function seekSeconds({ frameTable, sourceIn, takeRate, sequenceRate }: FrameSelection): number | undefined {
  const wanted = takeFrameAt(sourceIn, takeRate, sequenceRate);
  if (!frameTable) return positive(((wanted - 1) * takeRate.den) / takeRate.num);
  const coded = codedFrameAt(frameTable, wanted);
  const key = keyFrameBefore(frameTable, coded);
  if (key === 0 || frameTable.reach === 'start') return undefined;
  if (frameTable.reach === 'key') return positive(secondsAt(frameTable, key) - 0.5);
  const next = nextKey(frameTable, coded);
  const room = next === undefined ? Number.POSITIVE_INFINITY : secondsAt(frameTable, next) - secondsAt(frameTable, key);
  return positive(room > 0.5 ? secondsAt(frameTable, key) + 0.14 : secondsAt(frameTable, coded));
}

function positive(seconds: number): number | undefined {
  return seconds > 0 ? seconds : undefined;
}

const microsecond: Rate = { num: 1, den: 1_000_000 };

/**
 * The sequence frame, from the selection's first, at which a decoded frame is first shown, as an ffmpeg expression:
 * its take frame by the rule of the frame table (counted, where times cannot be trusted and reading began at the start), then `offsetOfTakeFrame`. Whole numbers under 2^53 throughout, and a
 * quotient of two such never rounds up to the next whole number, so floor and ceil are exact.
 */
function firstShownAt({ frameTable, takeRate, sequenceRate, sourceIn }: FrameSelection): string {
  const tick = frameTable?.timeBase ?? microsecond;
  const first = frameTable ? (frameTable.ticks[0] ?? 0) + frameTable.ffmpegOffsetTicks : 0;
  const elapsed = first === 0 ? 'PTS' : `(PTS-(${first}))`;
  const perTick = lowest(tick.num * takeRate.num, tick.den * takeRate.den);
  const near = `floor((${elapsed}*${2 * perTick.num}+${perTick.den})/${2 * perTick.den})`;
  const lastBegun = `max(0,ceil((${elapsed}*${4 * perTick.num}-${perTick.den})/${4 * perTick.den}))`;
  const constant = frameTable?.reach === 'start' ? 'N' : near;
  const takeFrame = frameTable?.timing === 'variable' ? lastBegun : constant;
  const perTakeFrame = lowest(takeRate.den * sequenceRate.num, takeRate.num * sequenceRate.den);
  return `ceil(${takeFrame}*${perTakeFrame.num}/${perTakeFrame.den})-${sourceIn}`;
}

function holdAndCut(length: Frames): string[] {
  return ['tpad=stop=-1:stop_mode=clone', `trim=end_frame=${length}`];
}

function countedFrom0(sequenceRate: Rate): string[] {
  return [`settb=1/${sequenceRate.num}`, `setpts=N*${sequenceRate.den}`];
}

function nextKey({ keys }: FrameTable, coded: number): number | undefined {
  for (let index = coded + 1; index < keys.length; index++) if (keys[index]) return index;
  return undefined;
}

function secondsAt({ ticks, timeBase, ffmpegOffsetTicks }: FrameTable, coded: number): number {
  return (((ticks[coded] ?? 0) + ffmpegOffsetTicks) * timeBase.num) / timeBase.den;
}

function lowest(num: number, den: number): Rate {
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
