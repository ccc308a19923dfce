import { expect, test } from 'vitest';
import { ropeTables } from './rope.ts';
import { loomRope } from './tiny-model.ts';

const size = { channels: 24, latentFrames: 3, height: 20, width: 36 };

test('every picture token is turned, and text tokens are not', () => {
  const { cos, sin } = ropeTables(loomRope, size, 32);
  expect(cos.shape).toEqual([3 * 5 * 9 + 32, 32]);
  for (let i = 0; i < cos.data.length; i++) {
    expect((cos.data[i] ?? 0) ** 2 + (sin.data[i] ?? 0) ** 2).toBeCloseTo(1, 5);
  }
  expect(cos.data.subarray(3 * 45 * 32).every((value) => value === 1)).toBe(true);
  expect(sin.data.subarray(3 * 45 * 32).every((value) => value === 0)).toBe(true);
});

test('the token in the centre of the first frame is not turned at all', () => {
  const { sin } = ropeTables(loomRope, size, 32);
  expect(turnsOf(sin.data, 2 * 9 + 4)).toEqual(new Float32Array(32));
});

test('turns mirror about the centre, and the first pair of an axis turns by its top', () => {
  const { sin } = ropeTables(loomRope, size, 0);
  const left = turnsOf(sin.data, 2 * 9 + 3);
  const right = turnsOf(sin.data, 2 * 9 + 5);
  for (let pair = 0; pair < 32; pair++) expect(left[pair]).toBeCloseTo(-(right[pair] ?? 0), 6);
  const firstOfX = loomRope.timePairs + loomRope.spacePairs;
  expect(right[firstOfX]).toBeCloseTo(Math.sin(loomRope.spaceTop), 6);
  expect(right[31]).toBeCloseTo(Math.sin(loomRope.spaceTop / loomRope.spaceFalloff), 6);
});

test('a place means the same share of the picture at every size', () => {
  // Twice as many tokens each way: the outermost ones move towards the edge, but stay within half a unit token.
  const small = ropeTables(loomRope, { channels: 24, latentFrames: 1, height: 20, width: 36 }, 0);
  const large = ropeTables(loomRope, { channels: 24, latentFrames: 1, height: 40, width: 72 }, 0);
  const slowest = (sin: Float32Array, token: number) => Math.asin(turnsOf(sin, token)[31] ?? 0);
  const step = loomRope.spaceTop / loomRope.spaceFalloff;
  expect(slowest(small.sin.data, 8) / step).toBeCloseTo(4, 5);
  expect(slowest(large.sin.data, 17) / step).toBeCloseTo(4.25, 5);
});

function turnsOf(table: Float32Array, token: number): Float32Array {
  return table.slice(token * 32, (token + 1) * 32);
}
