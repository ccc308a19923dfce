// How loud a take is, bucket by bucket, for drawing its waveform. The layout is written down here because the window
// reads what the engine writes; engine/media/view/peaks.ts fills it.
//
// Little endian. Header of 20 bytes:
//   0  "SLPK"   4  u32 version = 1   8  u32 samples per bucket of level 0   12  u32 samples in all   16  u32 levels
// then, for each level, u32 bucket count; then the levels, one after the other. A bucket is four signed bytes: lowest
// and highest of the left channel, lowest and highest of the right; 127 is full scale. A bucket of level n + 1 covers
// four of level n.

export const peaksPerSecond = 100;
export const peaksSampleRateHz = 48_000;
export const bucketBytes = 4;
export const bucketsPerCoarser = 4;
const magic = 0x4b504c53; // "SLPK"
const version = 1;
const headerBytes = 20;

export interface Peaks {
  readonly samplesPerBucket: number;
  /** Samples at 48 kHz of the whole take. */
  readonly sampleCount: number;
  /** From the finest to the coarsest. */
  readonly levels: readonly Int8Array[];
}

/** The lowest and highest sample of a stretch, as shares of full scale in [-1, 1]. */
export interface Extremes {
  readonly low: number;
  readonly high: number;
}

/** Samples that a bucket of a level covers. */
export function samplesPerBucket(peaks: Peaks, level: number): number {
  return peaks.samplesPerBucket * bucketsPerCoarser ** level;
}

/**
 * The extremes of a stretch of samples, for one column of a waveform: from the coarsest level whose buckets are no
 * longer than the stretch, so that a column costs a handful of reads at any zoom. Undefined outside the take.
 */
export function extremesOf(peaks: Peaks, channel: 'left' | 'right', from: number, to: number): Extremes | undefined {
  const level = levelFor(peaks, to - from);
  const buckets = peaks.levels[level];
  const length = samplesPerBucket(peaks, level);
  const first = Math.max(0, Math.floor(from / length));
  const end = Math.min((buckets?.length ?? 0) / bucketBytes, Math.max(first + 1, Math.ceil(to / length)));
  if (!buckets || to <= 0 || first >= end) return undefined;
  const side = channel === 'left' ? 0 : 2;
  let low = 127;
  let high = -128;
  for (let bucket = first; bucket < end; bucket++) {
    low = Math.min(low, buckets[bucket * bucketBytes + side] ?? 0);
    high = Math.max(high, buckets[bucket * bucketBytes + side + 1] ?? 0);
  }
  return { low: Math.max(-1, low / 127), high: high / 127 };
}

/** The coarsest level whose buckets are no longer than a stretch of samples; the finest for shorter ones. */
export function levelFor(peaks: Peaks, stretchSamples: number): number {
  let level = 0;
  while (level + 1 < peaks.levels.length && samplesPerBucket(peaks, level + 1) <= stretchSamples) level++;
  return level;
}

export function encodePeaks(peaks: Peaks): Uint8Array<ArrayBuffer> {
  const tableBytes = headerBytes + peaks.levels.length * 4;
  const bytes = new Uint8Array(tableBytes + peaks.levels.reduce((sum, level) => sum + level.length, 0));
  const view = new DataView(bytes.buffer);
  const words = [magic, version, peaks.samplesPerBucket, peaks.sampleCount, peaks.levels.length];
  const counts = peaks.levels.map((level) => level.length / bucketBytes);
  for (const [index, word] of [...words, ...counts].entries()) view.setUint32(index * 4, word, true);
  let at = tableBytes;
  for (const level of peaks.levels) {
    bytes.set(new Uint8Array(level.buffer, level.byteOffset, level.length), at);
    at += level.length;
  }
  return bytes;
}

/** Reads peaks; undefined when these bytes are none, or of another version: they are then made again. */
export function readPeaks(bytes: Uint8Array): Peaks | undefined {
  if (bytes.byteLength < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (index: number) => view.getUint32(index * 4, true);
  const levelCount = word(4);
  if (word(0) !== magic || word(1) !== version || levelCount > 32) return undefined;
  if (bytes.byteLength < headerBytes + levelCount * 4) return undefined;
  const levels: Int8Array[] = [];
  let at = headerBytes + levelCount * 4;
  for (let level = 0; level < levelCount; level++) {
    const length = word(5 + level) * bucketBytes;
    if (at + length > bytes.byteLength) return undefined;
    levels.push(new Int8Array(bytes.buffer, bytes.byteOffset + at, length));
    at += length;
  }
  return at === bytes.byteLength ? { samplesPerBucket: word(2), sampleCount: word(3), levels } : undefined;
}
