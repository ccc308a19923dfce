import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frames } from '../../../engine/document/time.ts';
import {
  boundaryNear,
  clampScroll,
  fitScale,
  frameUnder,
  pageToShow,
  rulerTicks,
  sliderToZoom,
  xOfFrame,
  zoomAbout,
  zoomToSlider,
} from './time-scale.ts';

const film24 = { num: 24, den: 1 };
const scale = { pxPerFrame: 2, scrollPx: 100 };

test('the pointer is over the frame it is drawn on, and snaps to the nearer boundary', () => {
  expect(xOfFrame(scale, frames(60))).toBe(20);
  expect([20, 21.9, 22].map((x) => frameUnder(scale, x))).toEqual([60, 60, 61]);
  expect([20.9, 21.1].map((x) => boundaryNear(scale, x))).toEqual([60, 61]);
  expect(frameUnder(scale, -500)).toBe(0);
});

test('zooming keeps what lies under the pointer there', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 2000, max: 9000 }),
      (factor, x, scrollPx) => {
        const before = { pxPerFrame: 1, scrollPx };
        const after = zoomAbout(before, factor, x);
        const frameAt = (each: typeof before) => (x + each.scrollPx) / each.pxPerFrame;
        if (after.scrollPx > 0) expect(frameAt(after)).toBeCloseTo(frameAt(before), 6);
      },
    ),
  );
});

test('fit shows the whole film', () => {
  const { pxPerFrame, scrollPx } = fitScale(frames(2400), film24, 1000);
  expect(scrollPx).toBe(0);
  expect(2400 * pxPerFrame).toBeLessThan(1000);
  expect(2400 * pxPerFrame).toBeGreaterThan(900);
});

test('the timeline does not scroll past half a window behind the film', () => {
  expect(clampScroll(99_999, frames(1000), 1, 800)).toBe(600);
  expect(clampScroll(-5, frames(1000), 1, 800)).toBe(0);
  expect(clampScroll(50, frames(0), 1, 800)).toBe(0);
});

test('a running playhead turns the page only when it leaves it', () => {
  expect(pageToShow(scale, frames(100), 800)).toBeUndefined();
  expect(pageToShow(scale, frames(1000), 800)).toBe(1920);
  expect(pageToShow(scale, frames(0), 800)).toBe(0);
});

test('the zoom slider goes there and back', () => {
  for (const value of [0, 0.25, 0.46, 1]) expect(zoomToSlider(sliderToZoom(value))).toBeCloseTo(value, 9);
});

test('labels never touch and land on round times', () => {
  const labelled = rulerTicks(frames(0), frames(600), film24, 1.25).filter((tick) => tick.kind === 'labelled');
  expect(labelled.map((tick) => tick.at)).toEqual([0, 120, 240, 360, 480, 600]);
  const near = rulerTicks(frames(0), frames(48), film24, 10).filter((tick) => tick.kind === 'labelled');
  expect(near.map((tick) => tick.at)).toEqual([0, 12, 24, 36, 48]);
  fc.assert(
    fc.property(fc.double({ min: 0.002, max: 24, noNaN: true }), (pxPerFrame) => {
      const ticks = rulerTicks(frames(0), frames(Math.ceil(2000 / pxPerFrame)), film24, pxPerFrame);
      const [first, second] = ticks.filter((tick) => tick.kind === 'labelled');
      if (first && second) expect((second.at - first.at) * pxPerFrame).toBeGreaterThanOrEqual(96);
      expect(ticks.length).toBeLessThan(1000);
    }),
  );
});
