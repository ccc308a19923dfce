/** The loudness of a take's sound over time, as the engine measured it. */
export interface Peaks {
  readonly perSecond: number;
  /** Lowest and highest sample of each stretch, −128 to 127, one after the other. */
  readonly pairs: Int8Array;
}

/** Reads the engine's peaks file. */
export function readPeaks(bytes: ArrayBuffer): Peaks {
  return { perSecond: 100, pairs: new Int8Array(bytes) };
}

/** The lowest and highest sample between two times, each in [−1, 1]; silence outside the take. */
export function peakBetween(
  { perSecond, pairs }: Peaks,
  fromSeconds: number,
  toSeconds: number,
): readonly [number, number] {
  const first = Math.max(0, Math.floor(fromSeconds * perSecond));
  const last = Math.min(pairs.length / 2 - 1, Math.max(first, Math.ceil(toSeconds * perSecond) - 1));
  let low = 0;
  let high = 0;
  for (let index = first; index <= last; index++) {
    low = Math.min(low, pairs[index * 2] ?? 0);
    high = Math.max(high, pairs[index * 2 + 1] ?? 0);
  }
  return [low / 128, high / 127];
}
