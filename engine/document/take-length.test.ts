import { expect, test } from 'vitest';
import { adjustmentLimits } from './adjust-clips.ts';
import { takeOf } from './film-notation.ts';
import { initialFraming, takeLength } from './take-length.ts';

const fullHd = { widthPx: 1920, heightPx: 1080 };
const picture = (widthPx: number, heightPx: number) => ({
  kind: 'moving' as const,
  rate: { num: 12, den: 1 },
  frameCount: 17,
  widthPx,
  heightPx,
});

test('a take of half the rate lasts twice as many sequence frames', () => {
  expect(takeLength({ ...takeOf('A'), picture: picture(288, 160) }, { num: 24, den: 1 })).toBe(34);
});

test('footage is scaled to fit, so that all of it is seen', () => {
  expect(initialFraming({ ...takeOf('A'), picture: picture(1080, 1920) }, fullHd).scale).toBe(0.5625);
});

test('a shot generated for this shape fills it, with no hairline of black at its edges', () => {
  const generated = { ...takeOf('A'), origin: 'generated' as const, picture: picture(288, 160) };
  expect(initialFraming(generated, fullHd).scale).toBe(6.75);
  const tall = { ...generated, picture: picture(160, 288) };
  expect(initialFraming(tall, fullHd).scale).toBe(3.75);
});

test('a picture however small or large begins with a scale that can be set', () => {
  for (const side of [1, 8, 100, 32768]) {
    for (const frame of [{ widthPx: 16384, heightPx: 16384 }, fullHd, { widthPx: 16, heightPx: 16 }]) {
      const { scale } = initialFraming({ ...takeOf('A'), picture: picture(side, side) }, frame);
      expect(scale).toBeGreaterThanOrEqual(adjustmentLimits.scale.low);
      expect(scale).toBeLessThanOrEqual(adjustmentLimits.scale.high);
    }
  }
});
