import { expect, test } from 'vitest';
import { frames } from '../../engine/document/time.ts';
import { type Clock, PlayHead } from './play-head.ts';

function clockAt(kind: Clock['kind'], start: number) {
  let now = start;
  return { kind, seconds: () => now, advance: (seconds: number) => (now += seconds) };
}

function headOf(length: number) {
  const head = new PlayHead();
  head.setSequence({ rate: { num: 24, den: 1 }, length: frames(length) });
  return head;
}

test('the playhead stands until playback sets off, then follows its clock', () => {
  const head = headOf(240);
  const clock = clockAt('sound', 100);
  head.moveTo(frames(10));
  head.prepare(1);
  head.follow();
  expect([head.playing, head.frame]).toEqual([1, 10]);
  head.begin(clock, 100.5);
  clock.advance(0.4);
  head.follow();
  expect(head.frame).toBe(10);
  clock.advance(0.1 + 2.5);
  head.follow();
  expect(head.frame).toBe(70);
});

test('when the sound device wakes up late, playback goes on by its clock from the same frame', () => {
  const head = headOf(240);
  const wall = clockAt('wall', 0);
  const sound = clockAt('sound', 3000);
  head.prepare(1);
  head.begin(wall, 0);
  wall.advance(1.02);
  head.goOn(sound, 1);
  wall.advance(50);
  sound.advance(1);
  head.follow();
  expect(head.frame).toBe(48);
});

test('at the end it rests on the last frame, and play starts again from the first', () => {
  const head = headOf(48);
  const clock = clockAt('wall', 0);
  head.prepare(1);
  head.begin(clock, 0);
  clock.advance(10);
  head.follow();
  expect([head.playing, head.frame]).toEqual([undefined, 47]);
  head.prepare(1);
  expect(head.frame).toBe(0);
});

test('a step stops playback where it is, and stays inside the sequence', () => {
  const head = headOf(48);
  const clock = clockAt('wall', 0);
  head.prepare(1);
  head.begin(clock, 0);
  clock.advance(1);
  head.follow();
  head.stepBy(-3);
  expect([head.playing, head.frame]).toEqual([undefined, 21]);
  head.stepBy(-100);
  expect(head.frame).toBe(0);
  head.stepBy(1000);
  expect(head.frame).toBe(48);
});

test('a sequence that grows shorter takes the playhead along', () => {
  const head = headOf(48);
  head.moveTo(frames(40));
  head.setSequence({ rate: { num: 24, den: 1 }, length: frames(12) });
  expect(head.frame).toBe(12);
});
