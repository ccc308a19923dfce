import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openingFor, type WindowPlace } from './window-place.ts';

const laptop = { x: 0, y: 25, width: 1512, height: 900 };
const beside = { x: 1512, y: 0, width: 2560, height: 1440 };
const placed = (x: number, y: number, width = 1600, height = 1000): WindowPlace => ({
  bounds: { x, y, width, height },
  fills: 'nothing',
});

test('the first window has its usual size in the middle of the main screen, or as much as fits', () => {
  expect(openingFor(undefined, [beside], [])).toEqual({ width: 1600, height: 1000, fills: 'nothing' });
  expect(openingFor(undefined, [laptop], [])).toEqual({ width: 1512, height: 900, fills: 'nothing' });
});

test('the next one opens where the last one lay, as large, on the second screen too', () => {
  const place = placed(1700, 100, 1800, 1100);
  expect(openingFor(place, [laptop, beside], [])).toEqual({
    ...{ width: 1800, height: 1100, fills: 'nothing' },
    at: { x: 1700, y: 100 },
  });
});

test('a screen that is gone does not keep the window: it opens in the middle of the main one', () => {
  expect(openingFor(placed(1700, 100, 1400), [laptop], [])).toEqual({ width: 1400, height: 900, fills: 'nothing' });
});

test('a window that filled its screen fills it again', () => {
  expect(openingFor({ ...placed(0, 30), fills: 'work-area' }, [laptop], [])).toMatchObject({ fills: 'work-area' });
});

test('a second window lies one step aside of the first, a third of both', () => {
  const place = placed(40, 60, 1300, 800);
  const taken = [place.bounds];
  expect(openingFor(place, [laptop], taken).at).toEqual({ x: 68, y: 88 });
  taken.push({ ...place.bounds, x: 68, y: 88 });
  expect(openingFor(place, [laptop], taken).at).toEqual({ x: 96, y: 116 });
});

test('wherever a window lay, its top can be got hold of, and it is no larger than its screen', () => {
  const number = fc.integer({ min: -5000, max: 5000 });
  const size = fc.integer({ min: 1, max: 6000 });
  fc.assert(
    fc.property(number, number, size, size, (x, y, width, height) => {
      const opening = openingFor(placed(x, y, width, height), [laptop, beside], []);
      expect(opening.width).toBeLessThanOrEqual(beside.width);
      expect(opening.height).toBeLessThanOrEqual(beside.height);
      if (!opening.at) return;
      const { at } = opening;
      const screen = [laptop, beside].find((each) => at.y >= each.y && at.y <= each.y + each.height - 40);
      expect(screen).toBeDefined();
    }),
  );
});
