import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePeaks, extremesOf, readPeaks, samplesPerBucket } from '../../contract/peaks-file.ts';
import { peaksOf } from './peaks.ts';

test('peaks are the same however the sound arrives, and hold exactly its extremes at every level', () => {
  const sound = fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 2, maxLength: 8000 });
  fc.assert(
    fc.property(sound, fc.integer({ min: 1, max: 3000 }), (values, pieceSamples) => {
      const samples = Int16Array.from(values.slice(0, values.length & ~1));
      const piecewise = peaksOf();
      for (let at = 0; at < samples.length; at += pieceSamples * 2)
        piecewise.add(samples.subarray(at, at + pieceSamples * 2));
      const peaks = piecewise.finish();
      expect(peaks.sampleCount).toBe(samples.length / 2);
      for (const [level, buckets] of peaks.levels.entries()) {
        const length = samplesPerBucket(peaks, level);
        for (let bucket = 0; bucket * 4 < buckets.length; bucket++) {
          const covered = samples.subarray(bucket * length * 2, (bucket + 1) * length * 2);
          const left = Array.from(
            covered.filter((_, index) => index % 2 === 0),
            toByte,
          );
          expect(buckets[bucket * 4]).toBe(Math.min(...left));
          expect(buckets[bucket * 4 + 1]).toBe(Math.max(...left));
        }
      }
      expect(peaks.levels.at(-1)).toHaveLength(4); // the coarsest level is one bucket
    }),
    { numRuns: 40 },
  );
});

test('a click is drawn in its own column at every zoom', () => {
  const seconds = 30;
  const samples = new Int16Array(seconds * 48_000 * 2);
  const click = 12.345 * 48_000;
  samples[click * 2] = 32767;
  const maker = peaksOf();
  maker.add(samples);
  const peaks = maker.finish();
  for (const samplesPerColumn of [480, 1000, 4800, 48_000, 480_000]) {
    const column = Math.floor(click / samplesPerColumn);
    const highs = [-1, 0, 1].map((beside) => {
      const from = (column + beside) * samplesPerColumn;
      return extremesOf(peaks, 'left', from, from + samplesPerColumn)?.high ?? 0;
    });
    expect([samplesPerColumn, highs[1]]).toEqual([samplesPerColumn, 1]);
    expect(highs.filter((high) => high > 0).length).toBeLessThanOrEqual(2); // a bucket may reach over a column's edge
  }
  expect(extremesOf(peaks, 'right', 0, samples.length)).toEqual({ low: 0, high: 0 });
  expect(extremesOf(peaks, 'left', seconds * 48_000, seconds * 48_000 + 10)).toBeUndefined();
});

test('peaks read back as they were written, and nothing else reads as peaks', () => {
  const maker = peaksOf();
  maker.add(Int16Array.from({ length: 5000 }, (_, index) => Math.round(Math.sin(index) * 20_000)));
  const peaks = maker.finish();
  const bytes = encodePeaks(peaks);
  expect(readPeaks(bytes)).toEqual(peaks);
  expect(readPeaks(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
  expect(readPeaks(new Uint8Array(64))).toBeUndefined();
});

test('silence with a little noise is silence', () => {
  const maker = peaksOf();
  maker.add(Int16Array.from({ length: 960 }, (_, index) => (index % 3) - 1));
  expect([...(maker.finish().levels[0] ?? [])]).toEqual([0, 0, 0, 0]);
});

function toByte(sample: number): number {
  return Math.max(-128, Math.min(127, Math.round(sample / 256))) + 0;
}
