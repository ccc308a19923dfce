/** Frames per second as an exact fraction; 29.97 is `{ num: 30000, den: 1001 }`. */
export interface Rate {
  readonly num: number;
  readonly den: number;
}

/** A whole count of frames; which rate it belongs to is told by its owner. */
export type Frames = number & { readonly unit: 'frames' };

/** A whole count of audio samples; which rate it belongs to is told by its owner. */
export type Samples = number & { readonly unit: 'samples' };

/** Half-open: `in` is the first frame shown, `out` the first frame not shown. */
export interface FrameRange {
  readonly in: Frames;
  readonly out: Frames;
}

/** Brands a whole number as frames. Throws RangeError for anything else: a fraction of a frame is a bug. */
export function frames(count: number): Frames {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number of frames: ${count}`);
  return count as Frames;
}

/** Brands a whole number as samples. Throws RangeError for anything else. */
export function samples(count: number): Samples {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number of samples: ${count}`);
  return count as Samples;
}

export const noFrames = frames(0);

export function addFrames(a: Frames, b: Frames): Frames {
  return frames(a + b);
}

export function subtractFrames(a: Frames, b: Frames): Frames {
  return frames(a - b);
}

export function minFrames(a: Frames, b: Frames): Frames {
  return a < b ? a : b;
}

export function maxFrames(a: Frames, b: Frames): Frames {
  return a > b ? a : b;
}

export function clampFrames(value: Frames, low: Frames, high: Frames): Frames {
  return maxFrames(low, minFrames(value, high));
}

export function rangeLength(range: FrameRange): Frames {
  return subtractFrames(range.out, range.in);
}

export function rangesOverlap(a: FrameRange, b: FrameRange): boolean {
  return a.in < b.out && b.in < a.out;
}

export function rangeContains(range: FrameRange, at: Frames): boolean {
  return range.in <= at && at < range.out;
}

export function sameRate(a: Rate, b: Rate): boolean {
  return a.num * b.den === b.num * a.den;
}

export function framesPerSecond(rate: Rate): number {
  return rate.num / rate.den;
}

/**
 * The frame of a take shown `offset` sequence frames after the take's first frame:
 * floor(offset × takeRate / sequenceRate), in exact integer arithmetic.
 * Source: DECISIONS 3; preview and export both call this, so they cannot disagree.
 */
export function takeFrameAt(offset: Frames, takeRate: Rate, sequenceRate: Rate): Frames {
  return floorRatio(offset, takeRate.num * sequenceRate.den, takeRate.den * sequenceRate.num);
}

/** The first sequence frame offset at which `takeFrame` is shown: the inverse of `takeFrameAt`. */
export function offsetOfTakeFrame(takeFrame: Frames, takeRate: Rate, sequenceRate: Rate): Frames {
  return ceilRatio(takeFrame, takeRate.den * sequenceRate.num, takeRate.num * sequenceRate.den);
}

/** The audio sample that sounds at the start of a frame, rounded down. */
export function samplesAtFrameFloor(at: Frames, rate: Rate, sampleRateHz: number): Samples {
  return samples(floorRatio(at, sampleRateHz * rate.den, rate.num));
}

/** The fewest frames that cover `count` samples. */
export function framesToCoverSamples(count: Samples, rate: Rate, sampleRateHz: number): Frames {
  return ceilRatio(count, rate.num, rate.den * sampleRateHz);
}

/** Seconds live at the rim only; rounds down to the frame that is on screen at that time. */
export function secondsToFramesFloor(seconds: number, rate: Rate): Frames {
  return frames(Math.floor((seconds * rate.num) / rate.den + 1e-9));
}

/** Rounds to the nearest whole frame: for a length a person typed in seconds. */
export function secondsToFramesNearest(seconds: number, rate: Rate): Frames {
  return frames(Math.round((seconds * rate.num) / rate.den));
}

export function framesToSeconds(count: Frames, rate: Rate): number {
  return (count * rate.den) / rate.num;
}

// Hours of samples times a rate's numerator leave the 53 bits of a double, so the product is a BigInt
// when it must be; the common case stays on plain numbers.
function floorRatio(value: number, num: number, den: number): Frames {
  const product = value * num;
  if (Number.isSafeInteger(product)) return frames(Math.floor(product / den));
  const exact = BigInt(value) * BigInt(num);
  const divisor = BigInt(den);
  const quotient = exact / divisor;
  return frames(Number(exact % divisor < 0n ? quotient - 1n : quotient));
}

function ceilRatio(value: number, num: number, den: number): Frames {
  return frames(-floorRatio(-value, num, den));
}
