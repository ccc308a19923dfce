import { firstTakeFrameOf, type Reach } from '../../contract/frame-table-file.ts';
import { framesPerSecond, type Rate } from '../../document/time.ts';
import { nearestRate } from './rational.ts';

/** The coded frames of a picture in the order they are shown. See `FrameTable` for what each part means. */
export interface CodedFrames {
  readonly timeBase: Rate;
  /** Rising, at least one. */
  readonly ticks: Float64Array;
  readonly keys: Uint8Array;
  /** How long the last frame stays; 0 where the file does not say. */
  readonly lastTicks: number;
  readonly ffmpegOffsetTicks: number;
  readonly reach: Reach;
}

export interface Timing {
  readonly timing: 'constant' | 'variable';
  readonly rate: Rate;
  readonly frameCount: number;
}

/** The rates that cameras, films and games are made at. */
const usualRates: readonly Rate[] = [
  ...[24000, 30000, 48000, 60000, 120000].map((num) => ({ num, den: 1001 })),
  ...[8, 10, 12, 15, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240].map((num) => ({ num, den: 1 })),
  { num: 25, den: 2 },
];

/** A burst of frames a millisecond apart (a screen recorder's) must not make a take of a thousand frames a second. */
const fastest: Rate = { num: 240, den: 1 };

/** A frame this much longer than the median stands for one that is missing; trembling stays below it. */
const droppedFrame = 1.75;
const rateOfOneFrame: Rate = { num: 24, den: 1 };

/**
 * The rate of a take and how its frames lie on it, read from the times of its frames and never from what a header
 * claims (an average there is often nonsense).
 *
 * A rate fits when every frame is shown within half a frame of where the rate puts it, and none stays for twice as
 * long as most: then the timing is `constant`, and sound stays within half a frame of its picture to the end. The
 * first that fits of
 * 1. a usual rate within 2 % of a frame, or a tick of the file: a container's rounding;
 * 2. the exact rate of frames that are all as long: 12.5, or a camera's true 90000/3001;
 * 3. the usual rate nearest to them: a phone's trembling 59.94;
 * 4. the mean rate.
 * If none does, the timing is `variable` at the rate that the median frame suggests: frames are then repeated and
 * passed over (`codedFrameAt`), which a frame dropped by a camera needs and an average rate would smear over the clip.
 */
export function timingOf(coded: CodedFrames): Timing {
  const count = coded.ticks.length;
  if (count === 1) return { timing: 'constant', rate: rateOfSingle(coded), frameCount: 1 };
  const rate = constantRateOf(coded);
  return rate ? { timing: 'constant', rate, frameCount: count } : variableTiming(coded);
}

function constantRateOf(coded: CodedFrames): Rate | undefined {
  const deviations = usualRates
    .filter((rate) => isNear(rate, meanRate(coded), 0.05))
    .map((rate) => ({ rate, deviation: largestDeviation(coded, rate) }))
    .sort((a, b) => a.deviation - b.deviation);
  const best = deviations[0];
  if (best && best.deviation <= Math.max(0.02, ticksPerFrame(coded.timeBase, best.rate) ** -1)) return best.rate;
  const mean = meanRate(coded);
  if (longestLength(coded) === shortestLength(coded)) return mean;
  if (longestLength(coded) > droppedFrame * medianLength(coded)) return undefined;
  if (best && best.deviation < 0.5) return best.rate;
  return largestDeviation(coded, mean) < 0.5 ? mean : undefined;
}

function variableTiming(coded: CodedFrames): Timing {
  const rate = medianRate(coded);
  const last = coded.ticks.length - 1;
  const table = { ...coded, timing: 'variable', rate } as const;
  const lastLength = Math.max(1, Math.round(coded.lastTicks / ticksPerFrame(coded.timeBase, rate)));
  return { timing: 'variable', rate, frameCount: firstTakeFrameOf(table, last) + lastLength };
}

function rateOfSingle(coded: CodedFrames): Rate {
  if (coded.lastTicks <= 0) return rateOfOneFrame;
  const rate = nearestRate(coded.timeBase.den, coded.timeBase.num * coded.lastTicks);
  if (framesPerSecond(rate) < 1 || framesPerSecond(rate) > framesPerSecond(fastest)) return rateOfOneFrame;
  return usualNear(rate, 0.02) ?? rate;
}

function medianRate(coded: CodedFrames): Rate {
  const rate = nearestRate(coded.timeBase.den, coded.timeBase.num * medianLength(coded));
  if (framesPerSecond(rate) >= framesPerSecond(fastest)) return fastest;
  return usualNear(rate, 0.05) ?? rate;
}

function meanRate({ ticks, timeBase }: CodedFrames): Rate {
  const span = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0);
  return nearestRate((ticks.length - 1) * timeBase.den, span * timeBase.num);
}

/** How far from where a rate puts it the worst frame is shown, in frames. */
function largestDeviation({ ticks, timeBase }: CodedFrames, rate: Rate): number {
  const perFrame = ticksPerFrame(timeBase, rate);
  const first = ticks[0] ?? 0;
  let largest = 0;
  for (const [index, tick] of ticks.entries()) {
    largest = Math.max(largest, Math.abs((tick - first) / perFrame - index));
  }
  return largest;
}

function medianLength(coded: CodedFrames): number {
  const lengths = lengthsOf(coded).sort();
  return lengths[lengths.length >> 1] || 1;
}

function longestLength(coded: CodedFrames): number {
  return lengthsOf(coded).reduce((a, b) => Math.max(a, b), 0);
}

function shortestLength(coded: CodedFrames): number {
  return lengthsOf(coded).reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
}

function lengthsOf({ ticks }: CodedFrames): Float64Array {
  return Float64Array.from({ length: ticks.length - 1 }, (_, index) => (ticks[index + 1] ?? 0) - (ticks[index] ?? 0));
}

function usualNear(rate: Rate, share: number): Rate | undefined {
  const distance = (usual: Rate) => Math.abs(framesPerSecond(usual) / framesPerSecond(rate) - 1);
  const nearest = [...usualRates].sort((a, b) => distance(a) - distance(b))[0];
  return nearest && isNear(nearest, rate, share) ? nearest : undefined;
}

function isNear(a: Rate, b: Rate, share: number): boolean {
  return Math.abs(framesPerSecond(a) / framesPerSecond(b) - 1) <= share;
}

function ticksPerFrame(timeBase: Rate, rate: Rate): number {
  return (timeBase.den * rate.den) / (timeBase.num * rate.num);
}
