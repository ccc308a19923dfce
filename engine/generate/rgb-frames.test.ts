import { expect, test } from 'vitest';
import { toRgb24 } from './rgb-frames.ts';

test('-1 is black, 1 is white, beyond is clamped, and half a step rounds up', () => {
  const step = 2 / 255;
  const values = [-1, 1, -1.2, 1.2, -1 + 0.51 * step, -1 + 0.49 * step];
  const red = Float32Array.from(values);
  const data = Float32Array.of(...red, ...red.map(() => -1), ...red.map(() => 0));
  const pixels = toRgb24({ data, shape: [1, 3, 1, 1, 6] }, 1);
  expect([0, 3, 6, 9, 12, 15].map((at) => pixels[at])).toEqual([0, 255, 0, 255, 1, 0]);
  // 0 lies half-way between 127 and 128.
  expect([...pixels.subarray(1, 3)]).toEqual([0, 128]);
});

test('planes of colour become pixels, and frames past the count are left out', () => {
  const dark = [-1, -1, 1];
  const data = Float32Array.from({ length: 3 * 2 * 2 }, (_, i) => dark[Math.floor(i / 4)] ?? 0);
  expect([...toRgb24({ data, shape: [1, 3, 2, 1, 2] }, 1)]).toEqual([0, 0, 255, 0, 0, 255]);
});
