import { expect, test } from 'vitest';
import {
  frames,
  framesToCoverSamples,
  offsetOfTakeFrame,
  samples,
  samplesAtFrameFloor,
  secondsToFramesFloor,
  takeFrameAt,
} from './time.ts';

const film = { num: 24, den: 1 };
const ntsc = { num: 30000, den: 1001 };
const ntscFilm = { num: 24000, den: 1001 };

test('a fraction of a frame is refused, not rounded in silence', () => {
  expect(() => frames(1.5)).toThrow(RangeError);
  expect(() => frames(Number.NaN)).toThrow(RangeError);
});

test('a 12-frame take on a 24-frame sequence shows each frame twice', () => {
  const shown = [0, 1, 2, 3, 4].map((offset) => takeFrameAt(frames(offset), { num: 12, den: 1 }, film));
  expect(shown).toEqual([0, 0, 1, 1, 2]);
});

test('29.97 footage at 23.976 shows the frame under the sequence clock, by the floor rule', () => {
  const shown = [0, 1, 2, 3, 4, 5].map((offset) => takeFrameAt(frames(offset), ntsc, ntscFilm));
  expect(shown).toEqual([0, 1, 2, 3, 5, 6]);
});

test('the first offset that shows a take frame is found exactly, at every pair of rates', () => {
  for (const takeRate of [film, ntsc, ntscFilm, { num: 12, den: 1 }, { num: 60000, den: 1001 }]) {
    for (let frame = 0; frame < 500; frame++) {
      const offset = offsetOfTakeFrame(frames(frame), takeRate, film);
      expect(takeFrameAt(offset, takeRate, film)).toBeGreaterThanOrEqual(frame);
      if (offset > 0) expect(takeFrameAt(frames(offset - 1), takeRate, film)).toBeLessThan(frame);
    }
  }
});

test('24 hours at 29.97 stay exact where doubles would not', () => {
  const day = frames(2_589_408); // 24 h of 30000/1001, whole frames
  expect(samplesAtFrameFloor(day, ntsc, 48000)).toBe(Math.floor(Number((2_589_408n * 48000n * 1001n) / 30000n)));
  expect(takeFrameAt(frames(day * 1000), { num: 60000, den: 1001 }, ntsc)).toBe(day * 2000);
});

test('seconds round down to the frame on screen, and a whole frame given in seconds is that frame', () => {
  expect(secondsToFramesFloor(1, ntsc)).toBe(29);
  for (let frame = 0; frame < 1000; frame++) expect(secondsToFramesFloor((frame * 1001) / 30000, ntsc)).toBe(frame);
});

test('samples are covered by whole frames', () => {
  expect(framesToCoverSamples(samples(2000), film, 48000)).toBe(1);
  expect(framesToCoverSamples(samples(2001), film, 48000)).toBe(2);
});
