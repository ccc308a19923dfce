import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gaussians, philox, shotNoise } from './noise.ts';

test('Philox gives the words its authors published', () => {
  // kat_vectors of Random123, philox4x32 with 10 rounds.
  expect(words([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
  const ones = 0xffffffff;
  expect(words([ones, ones, ones, ones], [ones, ones])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
  expect(words([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
    'd16cfe09 94fdcceb 5001e420 24126ea1',
  );
});

test('a seed gives the numbers it gave on the day this was written', () => {
  const golden = [0.000291567412, -0.304846972, 1.78875732, 1.06787252, 0.37640351, -1.28701174];
  for (const [index, value] of gaussians(7, 0, 6).entries()) expect(value).toBeCloseTo(golden[index] ?? Number.NaN, 7);
});

test('a number depends on its place alone, wherever the drawing began', () => {
  const all = gaussians(42, 0, 400);
  fc.assert(
    fc.property(fc.nat(300), fc.nat(99), (from, count) => {
      expect(gaussians(42, from, count)).toEqual(all.slice(from, from + count));
    }),
  );
});

test('the numbers are standard normal', () => {
  const values = gaussians(1, 0, 200_000);
  const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
  // Three standard errors of 200,000 draws: √(1/n), √(2/n), √(96/n).
  expect(Math.abs(moment(1))).toBeLessThan(3 * 0.0022);
  expect(Math.abs(moment(2) - 1)).toBeLessThan(3 * 0.0032);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(3 * 0.022);
});

test('a longer shot begins with the noise of a shorter one', () => {
  const [channels, height, width] = [3, 2, 5];
  const short = shotNoise(9, { channels, latentFrames: 2, height, width });
  const long = shotNoise(9, { channels, latentFrames: 4, height, width });
  for (let channel = 0; channel < channels; channel++) {
    const start = (latentFrames: number) => channel * latentFrames * height * width;
    expect(long.slice(start(4), start(4) + 20)).toEqual(short.slice(start(2), start(2) + 20));
  }
});

test('seeds are whole 32-bit numbers', () => {
  for (const seed of [-1, 0.5, 2 ** 32, Number.NaN]) expect(() => gaussians(seed, 0, 1)).toThrow(RangeError);
});

function words(counter: readonly number[], key: readonly number[]): string {
  const out = new Uint32Array(4);
  philox(out, counter, key);
  return Array.from(out, (word) => word.toString(16).padStart(8, '0')).join(' ');
}
