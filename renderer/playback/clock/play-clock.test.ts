import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frames, framesPerSecond, type Rate } from '../../../engine/document/time.ts';
import type { PlayRate } from '../player.ts';
import { anchorAt, nextEdge, pictureFrame, playedTo, reanchor } from './play-clock.ts';
import { shuttled } from './shuttle.ts';

const rates: readonly Rate[] = [
  { num: 24000, den: 1001 },
  { num: 24, den: 1 },
  { num: 30000, den: 1001 },
  { num: 60, den: 1 },
];
const speeds: readonly PlayRate[] = [1, 2, 4, 8, -1, -2, -4, -8];
const anyRate = fc.constantFrom(...rates);
const anySpeed = fc.constantFrom(...speeds);

test('after any time, playback is at the frame that time says, forward and backward, and does not drift', () => {
  fc.assert(
    fc.property(anyRate, anySpeed, fc.integer({ min: 0, max: 100_000 }), (rate, speed, count) => {
      const start = frames(speed > 0 ? 0 : 200_000);
      const anchor = anchorAt(start, speed, 12.5);
      const middleOfFrame = (count + 0.5) / (framesPerSecond(rate) * Math.abs(speed));
      const played = playedTo(anchor, 12.5 + middleOfFrame, { rate, length: frames(1_000_000) });
      expect(played).toEqual({ kind: 'playing', frame: start + Math.sign(speed) * count });
    }),
  );
});

test('a frame is on screen for as long as it lasts, from its very first moment', () => {
  const sequence = { rate: { num: 25, den: 1 }, length: frames(100) };
  const forward = anchorAt(frames(10), 1, 0);
  expect([0, 0.039, 0.04, 0.079].map((at) => playedTo(forward, at, sequence).frame)).toEqual([10, 10, 11, 11]);
  const backward = anchorAt(frames(10), -1, 0);
  expect([0, 0.039, 0.041, 0.079].map((at) => playedTo(backward, at, sequence).frame)).toEqual([10, 10, 9, 9]);
});

test('play comes to rest on the last frame, or backward on the first', () => {
  const sequence = { rate: { num: 24, den: 1 }, length: frames(48) };
  expect(playedTo(anchorAt(frames(40), 1, 0), 5, sequence)).toEqual({ kind: 'ended', frame: 47 });
  expect(playedTo(anchorAt(frames(3), -1, 0), 5, sequence)).toEqual({ kind: 'ended', frame: 0 });
});

test('a new clock or speed goes on from the frame on screen', () => {
  fc.assert(
    fc.property(
      anyRate,
      anySpeed,
      anySpeed,
      fc.double({ min: 0.1, max: 90, noNaN: true }),
      (rate, from, to, seconds) => {
        const sequence = { rate, length: frames(1_000_000) };
        const anchor = anchorAt(frames(500_000), from, 0);
        const before = playedTo(anchor, seconds, sequence).frame;
        const after = reanchor(anchor, seconds, rate, { seconds: 7000, rate: to });
        expect(playedTo(after, 7000, sequence).frame).toBe(before);
      },
    ),
  );
});

test('sound joins at an edge between two frames, at the moment that edge is crossed', () => {
  expect(nextEdge(anchorAt(frames(10), 1, 5), 5, { num: 25, den: 1 })).toEqual({ edge: 10, seconds: 5 });
  expect(nextEdge(anchorAt(frames(10), -1, 5), 5, { num: 25, den: 1 })).toEqual({ edge: 11, seconds: 5 });
  fc.assert(
    fc.property(anyRate, anySpeed, fc.double({ min: 0, max: 90, noNaN: true }), (rate, speed, later) => {
      const sequence = { rate, length: frames(1_000_000) };
      const anchor = anchorAt(frames(500_000), speed, 0);
      const { edge, seconds } = nextEdge(anchor, later, rate);
      expect(seconds).toBeGreaterThanOrEqual(later - 1e-6);
      expect(seconds - later).toBeLessThanOrEqual(1 / (framesPerSecond(rate) * Math.abs(speed)) + 1e-6);
      const after = playedTo(anchor, seconds + 1e-4, sequence).frame;
      expect(after).toBe(speed > 0 ? edge : edge - 1);
    }),
  );
});

test('fast play shows fewer pictures, the same ones every time', () => {
  expect([1, 2].map((speed) => pictureFrame(frames(7), speed as PlayRate))).toEqual([7, 7]);
  expect([0, 1, 2, 3].map((frame) => pictureFrame(frames(frame), 4))).toEqual([0, 0, 2, 2]);
  expect([4, 5, 6, 7].map((frame) => pictureFrame(frames(frame), -8))).toEqual([4, 4, 4, 4]);
});

test('L goes forward and faster, J turns round at speed 1, K stops', () => {
  const presses = (keys: string) =>
    [...keys].reduce<PlayRate | undefined>((playing, key) => shuttled(playing, key as 'J' | 'K' | 'L'), undefined);
  expect(['L', 'LL', 'LLL', 'LLLL', 'LLLLL'].map(presses)).toEqual([1, 2, 4, 8, 8]);
  expect(['J', 'JJ', 'LLJ', 'LLJJ', 'JJJL'].map(presses)).toEqual([-1, -2, -1, -2, 1]);
  expect(['K', 'LLK', 'LKJ'].map(presses)).toEqual([undefined, undefined, -1]);
});
