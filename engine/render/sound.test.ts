import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Film } from '../document/film.ts';
import { filmOf, notationSequence } from '../document/film-notation.ts';
import { frames, type Rate, type Samples, samples } from '../document/time.ts';
import { compilePlan } from './plan.ts';
import { mixRun, neededSamples, type SoundRun, soundLength, soundRateHz, soundRuns } from './sound.ts';

const ntsc: Rate = { num: 30000, den: 1001 };

/** The sequence's sound as one block, left channel, where take X holds `wave(sample)`. */
function mix(film: Film, wave: (sample: number) => number, rate?: Rate): number[] {
  const at = rate ? { ...film, sequences: film.sequences.map((sequence) => ({ ...sequence, rate })) } : film;
  const plan = compilePlan(at, notationSequence);
  const length = soundLength(plan);
  const block = new Float32Array(length * 2);
  for (const run of soundRuns(plan)) mixWave(block, samples(0), run, wave);
  return [...block].filter((_, index) => index % 2 === 0);
}

function mixWave(block: Float32Array, from: Samples, run: SoundRun, wave: (sample: number) => number) {
  const needed = neededSamples(run, from, samples(from + block.length / 2));
  if (!needed) return;
  const first = samples(Math.max(0, needed.from));
  const pcm = new Int16Array((needed.to - first) * 2).map((_, index) => Math.round(wave(first + (index >> 1)) * 32767));
  mixRun(block, from, run, pcm, first);
}

const sine = (sample: number) => 0.5 * Math.sin((2 * Math.PI * 440 * sample) / soundRateHz);

test.each([
  ['24', { num: 24, den: 1 }],
  ['29.97', ntsc],
])('a sine cut fifty times and left in place is the uncut sine, bit for bit, at %s', (_, rate) => {
  const cuts = Array.from({ length: 51 }, (_, index) => index * 3);
  const pieces = cuts.slice(0, -1).map((from, index) => `s+${from + 7}:${from}-${cuts[index + 1]}`);
  expect(mix(filmOf(`A1 ${pieces.join(' ')}`), sine, rate)).toEqual(mix(filmOf('A1 s+7:0-150'), sine, rate));
});

test('two takes that do not meet are joined without a jump', () => {
  const high = () => 0.9;
  const steps = mix(filmOf('A1 h:0-10 h+50:10-20 h+3:40-50'), high);
  const largest = Math.max(...steps.slice(1).map((value, index) => Math.abs(value - (steps[index] ?? 0))));
  expect(largest).toBeLessThan(0.9 / 60);
});

test('a gap is silent but for the ramps at its edges, and sound in the middle of a clip is untouched', () => {
  const heard = mix(filmOf('A1 h:0-10 h:20-30'), () => 0.5);
  expect(heard.slice(20000 + 60, 40000 - 60).every((value) => value === 0)).toBe(true);
  expect(heard.slice(60, 20000 - 60).every((value) => Math.abs(value - 0.5) < 2e-5)).toBe(true);
});

test('gain is in decibels and tracks add up', () => {
  const film = filmOf('A1 h:0-10 | A2 i:0-10');
  const quieter: Film = {
    ...film,
    sequences: film.sequences.map((sequence) => ({
      ...sequence,
      tracks: sequence.tracks.map((track) =>
        track.kind === 'audio' ? { ...track, clips: track.clips.map((clip) => ({ ...clip, gainDb: -6.0206 })) } : track,
      ),
    })),
  };
  expect(mix(quieter, () => 0.5)[10000]).toBeCloseTo(0.5, 3);
});

test('however the mix is cut into blocks, it is the same mix', () => {
  const plan = compilePlan(filmOf('A1 s:0-4 s+9:4-8 | A2 s+1:2-6'), notationSequence);
  const whole = new Float32Array(soundLength(plan) * 2);
  for (const run of soundRuns(plan)) mixWave(whole, samples(0), run, sine);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: soundLength(plan) - 1 }), { maxLength: 6 }), (cuts) => {
      const edges = [0, ...[...new Set(cuts)].sort((a, b) => a - b), soundLength(plan)];
      const parts = edges.slice(0, -1).flatMap((from, index) => {
        const block = new Float32Array(((edges[index + 1] ?? from) - from) * 2);
        for (const run of soundRuns(plan)) mixWave(block, samples(from), run, sine);
        return [...block];
      });
      expect(parts).toEqual([...whole]);
    }),
    { numRuns: 20 },
  );
});

test('sound lasts as long as picture, to the sample, at every rate', () => {
  const lengthAt = (rate: Rate, length: number) =>
    soundLength({ ...compilePlan(filmOf('V1 A:0-10'), notationSequence), rate, length: frames(length) });
  expect(lengthAt({ num: 24, den: 1 }, 10)).toBe(20000);
  expect(lengthAt(ntsc, 5)).toBe(8008);
  expect(lengthAt(ntsc, 1)).toBe(1601);
});
