import { expect, test } from 'vitest';
import { noCrop } from '../document/film.ts';
import { coversFrame, placementOf } from './placement.ts';

const framing = { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1 };
const hd = { widthPx: 1280, heightPx: 720 };

test('a picture lies centred', () => {
  expect(placementOf(framing, { widthPx: 640, heightPx: 360 }, hd)?.target).toEqual({
    left: 320,
    top: 180,
    right: 960,
    bottom: 540,
  });
});

test('a crop cuts sides off where they lie and moves nothing', () => {
  const cropped = placementOf(
    { ...framing, scale: 2, crop: { ...noCrop, leftPx: 100 } },
    { widthPx: 640, heightPx: 360 },
    hd,
  );
  expect(cropped).toEqual({
    source: { left: 100, top: 0, right: 640, bottom: 360 },
    target: { left: 200, top: 0, right: 1280, bottom: 720 },
  });
});

test('edges fall on whole pixels and at least one remains', () => {
  const tiny = placementOf({ ...framing, scale: 0.01, xPx: 0.3 }, { widthPx: 30, heightPx: 30 }, hd);
  expect(tiny?.target).toEqual({ left: 640, top: 360, right: 641, bottom: 361 });
});

test('a picture wholly outside the frame has no placement', () => {
  expect(placementOf({ ...framing, xPx: 5000 }, { widthPx: 640, heightPx: 360 }, hd)).toBeUndefined();
});

test('a picture blown up far past the frame is cut down to what is seen, and lies where it did', () => {
  const source = { widthPx: 1920, heightPx: 1080 };
  for (const scale of [2.5, 7.3, 100]) {
    for (const xPx of [-900, 0, 333.5]) {
      const { source: cut, target } = placementOf({ ...framing, scale, xPx }, source, hd) ?? expect.fail('not seen');
      expect(target.right - target.left).toBeLessThan(2 * hd.widthPx + 10 * scale);
      const pictureLeft = hd.widthPx / 2 + xPx - (source.widthPx * scale) / 2;
      expect(Math.abs(target.left - (pictureLeft + cut.left * scale))).toBeLessThanOrEqual(0.5);
      expect(Math.abs(target.right - (pictureLeft + cut.right * scale))).toBeLessThanOrEqual(0.5);
      const reachesLeft = target.left <= 0 || cut.left === 0;
      const reachesRight = target.right >= hd.widthPx || cut.right === source.widthPx;
      expect([reachesLeft, reachesRight]).toEqual([true, true]);
    }
  }
});

test('only a picture without a gap at any edge covers the frame', () => {
  const placed = (scale: number, xPx = 0) =>
    placementOf({ ...framing, scale, xPx }, { widthPx: 640, heightPx: 360 }, hd);
  const covers = (placement: ReturnType<typeof placed>) => placement && coversFrame(placement, hd);
  expect([covers(placed(2)), covers(placed(2, 1)), covers(placed(1.99)), covers(placed(3, 100))]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
