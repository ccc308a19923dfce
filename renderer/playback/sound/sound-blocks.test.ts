import { expect, test } from 'vitest';
import { filmOf, notationSequence } from '../../../engine/document/film-notation.ts';
import { frames, type Samples, samples } from '../../../engine/document/time.ts';
import { compilePlan } from '../../../engine/render/plan.ts';
import { soundLength, soundRuns } from '../../../engine/render/sound.ts';
import type { PlayRate } from '../player.ts';
import { blockAt, blockIndexAt, blockSamples, isAudible, mixBlock, type PcmOf, soundAnchor } from './sound-blocks.ts';

const plan = compilePlan(filmOf('A1 r:0-48'), notationSequence);
const runs = soundRuns(plan);
const length = soundLength(plan);

/** A take whose every sample says which it is, in steps that 16 bits hold. */
const ramp: PcmOf = (_, from, to) => ({
  from,
  samples: Int16Array.from({ length: (to - from) * 2 }, (_, index) => (from + (index >> 1)) % 30000),
});

function heard(rate: PlayRate, edge: number, blocks: number): number[] {
  const anchor = soundAnchor(frames(edge), rate, plan.rate, 0);
  return Array.from({ length: blocks }, (_, index) => {
    const block = blockAt(anchor, index, length) ?? expect.fail('no block');
    const mixed = mixBlock(block, runs, ramp);
    if (mixed === 'waiting') return expect.fail('waiting');
    return [...mixed].filter((_, at) => at % 2 === 0).map((value) => Math.round(value * 32768));
  }).flat();
}

test('blocks laid end to end are the sequence without a seam', () => {
  const expected = Array.from({ length: 3 * blockSamples }, (_, index) => (24000 + index) % 30000);
  expect(heard(1, 12, 3)).toEqual(expected);
});

test('backward play is the same sound turned round', () => {
  const forward = heard(1, 12, 2).slice(0, 2000 * 4);
  const backward = heard(-1, 16, 2).slice(0, 2000 * 4);
  expect(backward).toEqual([...forward].reverse());
});

test('double speed passes twice as much in a block', () => {
  const double = heard(2, 2, 2);
  expect(double).toHaveLength(2 * blockSamples);
  expect(double[blockSamples]).toBe(4000 + 2 * blockSamples + 1); // the mean of two, rounded
});

test('each block starts on the device sample where the last one ends', () => {
  const anchor = soundAnchor(frames(3), 1, { num: 30000, den: 1001 }, 12345.6);
  const starts = [0, 1, 2].map((index) => blockAt(anchor, index, length)?.startsAt);
  expect(starts).toEqual([12346, 12346 + blockSamples, 12346 + 2 * blockSamples]);
  expect(blockIndexAt(anchor, 12346 + blockSamples - 1)).toBe(0);
  expect(blockIndexAt(anchor, 12346 + blockSamples)).toBe(1);
  expect(blockIndexAt(anchor, 0)).toBe(0);
});

test('there is nothing past either end, and no sound at speeds the ear cannot follow', () => {
  expect(blockAt(soundAnchor(frames(47), 1, plan.rate, 0), 1, length)).toBeUndefined();
  expect(blockAt(soundAnchor(frames(1), -1, plan.rate, 0), 1, length)).toBeUndefined();
  expect(([1, 2, 4, 8, -1, -2, -4] as PlayRate[]).map(isAudible)).toEqual([
    true,
    true,
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('a block waits for samples on their way, and is silent where a take has none', () => {
  const block = blockAt(soundAnchor(frames(0), 1, plan.rate, 0), 0, length) ?? expect.fail('no block');
  expect(mixBlock(block, runs, () => 'waiting')).toBe('waiting');
  const silent = mixBlock(block, runs, () => 'silent');
  expect(silent).toEqual(new Float32Array(blockSamples * 2));
});

test('samples before a take begins are never asked for', () => {
  const asked: Samples[] = [];
  const block = blockAt(soundAnchor(frames(0), 1, plan.rate, 0), 0, length) ?? expect.fail('no block');
  mixBlock(block, runs, (_, from) => {
    asked.push(from);
    return 'silent';
  });
  expect(asked).toEqual([samples(0)]);
});
