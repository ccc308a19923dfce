import { expect, test } from 'vitest';
import type { Activity } from '../contract/job.ts';
import { learnCosts } from './estimate.ts';
import { shotWork } from './loom-work.ts';
import { progressOfShot } from './shot-progress.ts';
import { tinyModel, tinyRequest } from './tiny-model.ts';

const work = shotWork(tinyModel, tinyRequest);
/** Loading took 1 s, sampling 4 s, decoding 2 s. */
const run = { loadSeconds: 1, samplingSeconds: 4, decodingSeconds: 2, peakMemoryBytes: 0 };
const costs = learnCosts(undefined, work, 0, run);

const sampling = (step: number): Activity => ({ kind: 'sampling', step, stepCount: 4 });
const decoding = (framesDone: number): Activity => ({ kind: 'decoding', framesDone, frameCount: 9 });
const activities: readonly Activity[] = [
  { kind: 'loading-pack' },
  { kind: 'reading-prompt' },
  ...[1, 2, 3, 4].map(sampling),
  ...[0, 5, 9].map(decoding),
  { kind: 'writing' },
];

test('what is done of a shot only grows, from nothing to all, measured or not', () => {
  for (const known of [costs, undefined]) {
    const shares = activities.map(progressOfShot(work, known, () => 0)).map(({ done }) => done);
    expect(shares.toSorted((a, b) => a - b)).toEqual(shares);
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  }
});

test('with earlier shots to go by, the time left is known from the start', () => {
  let nowMs = 0;
  const progress = progressOfShot(work, costs, () => nowMs);
  expect(progress({ kind: 'loading-pack' }).secondsLeft).toBeCloseTo(7, 6);
  nowMs = 1000;
  expect(progress(sampling(1)).secondsLeft).toBeCloseTo(6, 6);
  nowMs = 3000;
  // At the third step, two of four steps are behind.
  expect(progress(sampling(3))).toMatchObject({ done: expect.closeTo(2 / 6, 6), secondsLeft: expect.closeTo(4, 6) });
  nowMs = 7000;
  expect(progress(decoding(9)).secondsLeft).toBeCloseTo(0, 6);
});

test('a shot that runs otherwise than earlier ones is told by its own pace from the second step on', () => {
  for (const pace of [0.25, 4]) {
    let nowMs = 0;
    const progress = progressOfShot(work, costs, () => nowMs);
    progress({ kind: 'reading-prompt' });
    const leftAt = (step: number) => {
      nowMs = (step - 1) * 1000 * pace; // a step of the earlier shots took one second
      return progress(sampling(step)).secondsLeft ?? 0;
    };
    const own = (step: number) => (7 - step) * pace;
    const history = (step: number) => 7 - step;
    expect(leftAt(1)).toBeCloseTo(history(1), 6);
    for (const step of [3, 4]) {
      const left = leftAt(step);
      expect(Math.abs(left - own(step))).toBeLessThan(Math.abs(left - history(step)));
    }
  }
});

test('a pack that takes longer to open than to run does not jump to almost done', () => {
  const slowToOpen = learnCosts(undefined, work, 0, { ...run, loadSeconds: 60 });
  expect(progressOfShot(work, slowToOpen, () => 0)(sampling(1)).done).toBe(0);
});

test('the first shot of all tells the time left once two steps are behind it, by the pace since the pack was open', () => {
  let nowMs = 0;
  const progress = progressOfShot(work, undefined, () => nowMs);
  progress({ kind: 'loading-pack' });
  nowMs = 60_000;
  progress({ kind: 'reading-prompt' });
  expect(progress(sampling(2)).secondsLeft).toBeUndefined();
  nowMs = 70_000;
  const { done, secondsLeft } = progress(sampling(3));
  expect(secondsLeft).toBeCloseTo((10 / done) * (1 - done), 6);
});
