import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateShot, learnCosts, type ShotRun } from './estimate.ts';
import { shotWork } from './loom-work.ts';
import { tinyModel, tinyRequest } from './tiny-model.ts';

const packBytes = 30e6;
const work = shotWork(tinyModel, tinyRequest);
const run: ShotRun = {
  loadSeconds: 1,
  samplingSeconds: 4,
  decodingSeconds: 2,
  peakMemoryBytes: 390e6,
  fileBytes: 40_000,
};

/** The same shot with the pack open already. */
const { loadSeconds: _, ...warm } = run;

test('guided steps are computed twice', () => {
  // Of the sigmas 1, 0.9, 0.75, 0.5 of four steps, three lie above 0.6.
  expect(work.evaluations).toBe(4 + 3);
  expect(shotWork(tinyModel, { ...tinyRequest, guidanceScale: 1 }).evaluations).toBe(4);
});

test('before the first run only the disk is known', () => {
  expect(estimateShot(work, packBytes, undefined)).toEqual({ diskBytes: Math.ceil(work.megapixels * 3e6 * 0.35) });
});

test('after one run the same shot costs what it cost', () => {
  const costs = learnCosts(undefined, work, packBytes, run);
  const { seconds, memoryBytes, diskBytes } = estimateShot(work, packBytes, costs);
  expect(seconds).toBeCloseTo(7, 6);
  expect(memoryBytes).toBeCloseTo(390e6, -1);
  expect(diskBytes).toBeCloseTo(40_000, -1);
});

test('runs that cost the same keep the estimate, and a change is followed within a few', () => {
  let costs = learnCosts(undefined, work, packBytes, warm);
  const twice = { ...warm, samplingSeconds: 8, decodingSeconds: 4 };
  const seconds = () => estimateShot(work, packBytes, costs).seconds ?? 0;
  costs = learnCosts(costs, work, packBytes, warm);
  expect(seconds()).toBeCloseTo(6, 6);
  costs = learnCosts(costs, work, packBytes, twice);
  expect(seconds()).toBeCloseTo(6 + 0.3 * 6, 6);
  for (let again = 0; again < 12; again++) costs = learnCosts(costs, work, packBytes, twice);
  expect(seconds() / 12).toBeGreaterThan(0.98);
});

test('after one shot that found the pack open, the estimate is one of such a shot', () => {
  const slow = { ...run, loadSeconds: 20, samplingSeconds: 12, decodingSeconds: 5 };
  const afterFirst = learnCosts(undefined, work, packBytes, slow);
  expect(estimateShot(work, packBytes, afterFirst).seconds).toBeCloseTo(37, 6);
  expect(estimateShot(work, packBytes, learnCosts(afterFirst, work, packBytes, warm)).seconds).toBeCloseTo(6, 6);
});

test('a pack opened again is expected to be opened once more, and no longer than that', () => {
  const settled = learnCosts(undefined, work, packBytes, warm);
  const opened = learnCosts(settled, work, packBytes, run);
  expect(estimateShot(work, packBytes, opened).seconds).toBeCloseTo(7, 6);
  expect(estimateShot(work, packBytes, learnCosts(opened, work, packBytes, warm)).seconds).toBeCloseTo(6, 6);
});

test('a run that wrote no file teaches nothing of the disk', () => {
  const costs = learnCosts(undefined, work, packBytes, run);
  const { fileBytes: __, ...unwritten } = run;
  expect(learnCosts(costs, work, packBytes, unwritten)).toEqual(costs);
});

test('a larger shot never costs less', () => {
  const costs = learnCosts(undefined, work, packBytes, run);
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 32 }), fc.integer({ min: 1, max: 199 }), (frameCount, steps) => {
      const seconds = (more: number) =>
        estimateShot(
          shotWork(tinyModel, { ...tinyRequest, frameCount: frameCount + more, steps: steps + more }),
          packBytes,
          costs,
        ).seconds ?? 0;
      expect(seconds(1)).toBeGreaterThan(seconds(0));
    }),
  );
});
