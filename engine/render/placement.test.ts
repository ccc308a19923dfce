import { expect, test } from 'vitest';
import { noCrop } from '../document/film.ts';
import { placementOf } from './placement.ts';

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
