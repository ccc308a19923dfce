import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateShot, learnCosts, planShot, type ShotRun, shotWork } from './estimate.ts';
import { shareDone } from './shot-progress.ts';
import { tinyModel, tinyRequest } from './tiny-model.ts';

const pack = { bytes: 30e6, isOpen: false };
const work = shotWork(tinyModel, tinyRequest);
const run: ShotRun = {
  loadSeconds: 1,
  samplingSeconds: 4,
  decodingSeconds: 2,
  peakMemoryBytes: 190e6,
  fileBytes: 40_000,
};

test('guided steps are computed twice', () => {
  // Of the sigmas 1, 0.9, 0.75, 0.5 of four steps, three lie above 0.6.
  expect(work.evaluations).toBe(4 + 3);
  expect(shotWork(tinyModel, { ...tinyRequest, guidanceScale: 1 }).evaluations).toBe(4);
});

test('before the first run only the disk is known', () => {
  expect(estimateShot(work, pack, undefined)).toEqual({ diskBytes: Math.ceil(work.megapixels * 1.5e6) });
});

test('after one run the same shot costs what it cost', () => {
  const costs = learnCosts(undefined, work, pack.bytes, run);
  const { seconds, memoryBytes, diskBytes } = estimateShot(work, pack, costs);
  expect(seconds).toBeCloseTo(7, 6);
  expect(memoryBytes).toBeCloseTo(190e6, -1);
  expect(diskBytes).toBeCloseTo(40_000, -1);
  expect(estimateShot(work, { ...pack, isOpen: true }, costs).seconds).toBeCloseTo(6, 6);
});

test('runs that cost the same keep the estimate, and a change is followed within a few', () => {
  let costs = learnCosts(undefined, work, pack.bytes, run);
  const twice = { ...run, loadSeconds: 2, samplingSeconds: 8, decodingSeconds: 4 };
  const seconds = () => estimateShot(work, pack, costs).seconds ?? 0;
  costs = learnCosts(costs, work, pack.bytes, run);
  expect(seconds()).toBeCloseTo(7, 6);
  costs = learnCosts(costs, work, pack.bytes, twice);
  expect(seconds()).toBeCloseTo(7 + 0.3 * 7, 6);
  for (let again = 0; again < 12; again++) costs = learnCosts(costs, work, pack.bytes, twice);
  expect(seconds() / 14).toBeGreaterThan(0.98);
});

test('a warm run that wrote no file teaches nothing of loading or disk', () => {
  const costs = learnCosts(undefined, work, pack.bytes, run);
  const { loadSeconds: _, fileBytes: __, ...warm } = run;
  expect(learnCosts(costs, work, pack.bytes, warm)).toEqual(costs);
});

test('what is done of a shot only grows, from nothing to all', () => {
  const plan = planShot(work, learnCosts(undefined, work, pack.bytes, run), false);
  const activities = [
    { kind: 'loading-pack' } as const,
    { kind: 'reading-prompt' } as const,
    ...[1, 2, 3, 4].map((step) => ({ kind: 'sampling', step, stepCount: 4 }) as const),
    ...[0, 5, 9].map((framesDone) => ({ kind: 'decoding', framesDone, frameCount: 9 }) as const),
    { kind: 'writing' } as const,
  ];
  const shares = activities.map((activity) => shareDone(plan, activity));
  expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBe(1);
  // Loading 1 s, sampling 4 s, decoding 2 s: at the third step 3 of 7 seconds are behind.
  expect(shares[4]).toBeCloseTo(3 / 7, 6);
});

test('a larger shot never costs less', () => {
  const costs = learnCosts(undefined, work, pack.bytes, run);
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 32 }), fc.integer({ min: 1, max: 199 }), (frameCount, steps) => {
      const seconds = (more: number) =>
        estimateShot(
          shotWork(tinyModel, { ...tinyRequest, frameCount: frameCount + more, steps: steps + more }),
          pack,
          costs,
        ).seconds ?? 0;
      expect(seconds(1)).toBeGreaterThan(seconds(0));
    }),
  );
});
