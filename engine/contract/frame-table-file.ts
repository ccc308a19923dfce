import { type Frames, frames, type Rate } from '../document/time.ts';

// Which coded frame of a file is frame n of its take, and when the file shows it. Built once when a file is imported;
// the window and the exporter both look frames up here, and never hand a playhead's time to a decoder.

/** The coded frames of a take's picture in the order they are shown; those that are never shown are left out. */
export interface FrameTable {
  /** `constant`: take frame n is coded frame n. `variable`: see `codedFrameAt`. */
  readonly timing: 'constant' | 'variable';
  /** The take's rate and length: what `TakePicture` says. */
  readonly rate: Rate;
  readonly frameCount: number;
  /** Seconds that one tick lasts. */
  readonly timeBase: Rate;
  /** When each coded frame is shown, in whole ticks of the file's own time. Rising. */
  readonly ticks: Float64Array;
  /** 1 where decoding can begin. */
  readonly keys: Uint8Array;
  /** Added to `ticks` gives ffmpeg's timestamp of the frame, which starts an edited file at its first shown frame. */
  readonly ffmpegOffsetTicks: number;
  readonly reach: Reach;
}

/**
 * From where ffmpeg finds a frame of the file reliably: `frame`, by its own time; `key`, only from the key frame before
 * it (a transport stream has no index, and a jump into it lands anywhere); `start`, only by counting from the first
 * frame (AVI and MPEG program streams leave times out, and after a jump ffmpeg guesses them anew).
 */
export type Reach = 'frame' | 'key' | 'start';

/**
 * How much later than its moment a coded frame of variable timing may start and still count, in frames of the take.
 * Containers round times (Matroska to 1 ms) and cameras tremble, mostly about the grid that the first frame begins:
 * without grace a frame 0.3 ms late would be shown a whole frame late, and the next one in its place a moment after.
 */
const grace = { num: 1, den: 4 } as const;

/**
 * The coded frame (an index into `ticks`) that a take frame shows: with constant timing the frame itself, else the
 * last one that starts no later than a quarter of a frame after the take frame does. Outside the take: the nearest.
 */
export function codedFrameAt(table: FrameTable, takeFrame: Frames): number {
  const last = table.ticks.length - 1;
  if (table.timing === 'constant') return Math.min(Math.max(takeFrame, 0), last);
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firstTakeFrameOf(table, middle) <= takeFrame) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * The first take frame at which a coded frame may be shown; a later one with the same answer takes its place. The
 * exact inverse of `codedFrameAt`: ceil((ticks − first ticks) × timeBase × rate − 1/4).
 */
export function firstTakeFrameOf(
  table: Pick<FrameTable, 'timing' | 'rate' | 'timeBase' | 'ticks'>,
  codedFrame: number,
): Frames {
  if (table.timing === 'constant' || codedFrame <= 0) return frames(Math.max(codedFrame, 0));
  const elapsed = (table.ticks[codedFrame] ?? 0) - (table.ticks[0] ?? 0);
  return frames(Math.max(0, ceilFrames(elapsed, table.timeBase, table.rate)));
}

/** The last coded frame at or before this one where decoding can begin. */
export function keyFrameBefore(table: FrameTable, codedFrame: number): number {
  for (let index = Math.min(codedFrame, table.keys.length - 1); index > 0; index--) if (table.keys[index]) return index;
  return 0;
}

/** When the file shows a coded frame, in the seconds that a demuxer or a media element of the window counts. */
export function secondsOfCodedFrame(table: FrameTable, codedFrame: number): number {
  return ((table.ticks[codedFrame] ?? 0) * table.timeBase.num) / table.timeBase.den;
}

// Layout, little endian. Header of 56 bytes:
//   0  "SLFT"   4  u32 version = 1      8  u32 timing: 0 constant, 1 variable      12  u32 take frames
//  16  u32 rate.num   20  u32 rate.den   24  u32 timeBase.num   28  u32 timeBase.den
//  32  u32 coded frames   36  u32 reach: 0 frame, 1 key, 2 start   40  f64 ffmpegOffsetTicks   48  f64 zero
// then f64 ticks × coded frames, then u8 key flag × coded frames.
const magic = 0x54464c53; // "SLFT"
const version = 1;
const headerBytes = 56;
const reaches: readonly Reach[] = ['frame', 'key', 'start'];

export function encodeFrameTable(table: FrameTable): Uint8Array<ArrayBuffer> {
  const count = table.ticks.length;
  const bytes = new Uint8Array(headerBytes + count * 9);
  const view = new DataView(bytes.buffer);
  const words = [
    magic,
    version,
    table.timing === 'constant' ? 0 : 1,
    table.frameCount,
    ...[table.rate.num, table.rate.den, table.timeBase.num, table.timeBase.den],
    count,
    reaches.indexOf(table.reach),
  ];
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
  view.setFloat64(40, table.ffmpegOffsetTicks, true);
  for (let index = 0; index < count; index++) {
    view.setFloat64(headerBytes + index * 8, table.ticks[index] ?? 0, true);
  }
  bytes.set(table.keys, headerBytes + count * 8);
  return bytes;
}

/** Reads a frame table; undefined when these bytes are none, or one of another version: it is then made again. */
export function readFrameTable(bytes: Uint8Array): FrameTable | undefined {
  if (bytes.byteLength < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (index: number) => view.getUint32(index * 4, true);
  const count = word(8);
  if (word(0) !== magic || word(1) !== version || bytes.byteLength !== headerBytes + count * 9) return undefined;
  const ticks = new Float64Array(count);
  for (let index = 0; index < count; index++) ticks[index] = view.getFloat64(headerBytes + index * 8, true);
  return {
    timing: word(2) === 0 ? 'constant' : 'variable',
    frameCount: word(3),
    rate: { num: word(4), den: word(5) },
    timeBase: { num: word(6), den: word(7) },
    ffmpegOffsetTicks: view.getFloat64(40, true),
    reach: reaches[word(9)] ?? 'start',
    ticks,
    keys: bytes.slice(headerBytes + count * 8),
  };
}

// ceil(elapsed × timeBase × rate − grace), exactly: an hour in nanoseconds times a rate leaves the 53 bits of a double.
function ceilFrames(elapsedTicks: number, timeBase: Rate, rate: Rate): number {
  const num = timeBase.num * rate.num * grace.den;
  const less = timeBase.den * rate.den * grace.num;
  const den = timeBase.den * rate.den * grace.den;
  const value = elapsedTicks * num - less;
  if (Number.isSafeInteger(value) && Number.isSafeInteger(den)) return Math.ceil(value / den);
  const exact = BigInt(elapsedTicks) * BigInt(num) - BigInt(less);
  const quotient = exact / BigInt(den);
  return Number(exact > 0n && exact % BigInt(den) !== 0n ? quotient + 1n : quotient);
}
