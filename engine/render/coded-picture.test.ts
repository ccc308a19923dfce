import { expect, test } from 'vitest';
import { codedPlacement } from './coded-picture.ts';
import type { Placement } from './placement.ts';

const whole = { left: 0, top: 0, right: 0, bottom: 0 };
const target = { left: 10, top: 20, right: 110, bottom: 70 };

const sourceOf = (placement: Placement, turn: Partial<Parameters<typeof codedPlacement>[2]>) =>
  codedPlacement(
    placement,
    { widthPx: 40, heightPx: 20 },
    { codedWidthPx: 40, codedHeightPx: 20, rotationDegrees: 0, isMirrored: false, ...turn },
  ).source;

// The upright picture is 40×20; its top left quarter is marked.
const marked: Placement = { source: { ...whole, right: 20, bottom: 10 }, target };
const lying = { codedWidthPx: 20, codedHeightPx: 40 } as const;

test('the top left quarter is found where the turn took it from', () => {
  expect(sourceOf(marked, {})).toEqual({ left: 0, top: 0, right: 20, bottom: 10 });
  // Turned clockwise by 90°, the coded picture's bottom left comes to lie top left.
  expect(sourceOf(marked, { ...lying, rotationDegrees: 90 })).toEqual({ left: 0, top: 20, right: 10, bottom: 40 });
  expect(sourceOf(marked, { rotationDegrees: 180 })).toEqual({ left: 20, top: 10, right: 40, bottom: 20 });
  expect(sourceOf(marked, { ...lying, rotationDegrees: 270 })).toEqual({ left: 10, top: 0, right: 20, bottom: 20 });
  expect(sourceOf(marked, { isMirrored: true })).toEqual({ left: 20, top: 0, right: 40, bottom: 10 });
});

test('a lying picture is resampled lying, then turned', () => {
  const placed = codedPlacement(
    marked,
    { widthPx: 40, heightPx: 20 },
    { ...lying, rotationDegrees: 90, isMirrored: false },
  );
  expect(placed.scaled).toEqual({ widthPx: 50, heightPx: 100 });
});

test('pixels that are not square are cut at the nearest whole one', () => {
  const anamorphic = { codedWidthPx: 30, codedHeightPx: 20 };
  expect(sourceOf({ source: { ...whole, left: 1, right: 39, bottom: 20 }, target }, anamorphic)).toEqual({
    left: 1,
    top: 0,
    right: 29,
    bottom: 20,
  });
  expect(sourceOf({ source: { ...whole, left: 4, right: 5, bottom: 20 }, target }, anamorphic)).toMatchObject({
    left: 3,
    right: 4,
  });
});
