import { type Extremes, extremesOf, type Peaks, peaksSampleRateHz } from '../../engine/contract/peaks-file.ts';

/** The outermost samples of both channels between two times of a take; undefined outside it. */
export function loudnessBetween(peaks: Peaks, fromSeconds: number, toSeconds: number): Extremes | undefined {
  const from = Math.floor(fromSeconds * peaksSampleRateHz);
  const to = Math.max(from + 1, Math.ceil(toSeconds * peaksSampleRateHz));
  const left = extremesOf(peaks, 'left', from, to);
  const right = extremesOf(peaks, 'right', from, to);
  if (!left || !right) return left ?? right;
  return { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) };
}

/** A channel's envelope in so many columns over the whole take, each in [0, 1]. */
export function envelopeOf(peaks: Peaks, channel: 'left' | 'right', columns: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column / columns) * peaks.sampleCount);
    const to = Math.floor(((column + 1) / columns) * peaks.sampleCount);
    const extremes = extremesOf(peaks, channel, from, Math.max(from + 1, to));
    return extremes ? Math.max(Math.abs(extremes.low), Math.abs(extremes.high)) : 0;
  });
}
