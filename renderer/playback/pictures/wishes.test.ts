import { expect, test } from 'vitest';
import { Wishes } from './wishes.ts';

const names = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `A ${from + index}`);

test('a scrub asks for the newest place as soon as the picture on its way has come', () => {
  const wishes = new Wishes();
  expect(wishes.shouldAsk(['A 10'], [], 'scrubbing', 0)).toBe(true);
  expect(wishes.shouldAsk(['A 40'], [], 'scrubbing', 16)).toBe(false);
  expect(wishes.shouldAsk(['A 70'], [], 'scrubbing', 32)).toBe(false);
  wishes.arrived('A 10');
  expect(wishes.shouldAsk(['A 70'], [], 'scrubbing', 48)).toBe(true);
});

test('a scrub waits no longer than half a second for a place that was left again', () => {
  const wishes = new Wishes();
  wishes.shouldAsk(['A 10'], [], 'scrubbing', 0);
  expect(wishes.shouldAsk(['A 40'], [], 'scrubbing', 490)).toBe(false);
  expect(wishes.shouldAsk(['A 70'], [], 'scrubbing', 510)).toBe(true);
});

test('playback lets a late picture come before it asks for the one that is due by then', () => {
  const wishes = new Wishes();
  expect(wishes.shouldAsk(['A 10'], names(11, 14), 'playing', 0)).toBe(true);
  expect(wishes.shouldAsk(['A 20'], names(21, 33), 'playing', 400)).toBe(false);
  wishes.arrived('A 10');
  expect(wishes.shouldAsk(['A 21'], names(22, 34), 'playing', 440)).toBe(true);
});

test('while decoding keeps up, it is told four pictures at a time', () => {
  const wishes = new Wishes();
  wishes.shouldAsk(['A 0'], names(1, 13), 'playing', 0);
  for (const name of names(0, 13)) wishes.arrived(name);
  const asked = [1, 2, 3, 4, 5, 6, 7, 8].map((frame) =>
    wishes.shouldAsk([], names(13, 13 + frame), 'playing', frame * 42),
  );
  expect(asked).toEqual([false, false, false, true, false, false, false, true]);
});

test('a picture that never came is asked for again, and one that was thrown away may be', () => {
  const wishes = new Wishes();
  wishes.shouldAsk(['A 10'], [], 'playing', 0);
  expect(wishes.shouldAsk(['A 10'], [], 'playing', 1500)).toBe(true);
  wishes.arrived('A 10');
  expect(wishes.shouldAsk(['A 10'], [], 'scrubbing', 1600)).toBe(true);
});
