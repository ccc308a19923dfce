import { expect, test } from 'vitest';
import { fitPanels, sizeOfWindow } from './panel-sizes.ts';

test('at 1600×1000 the panels have the sizes of the pictures', () => {
  expect(sizeOfWindow(1600, 1000)).toBe('large');
  expect(fitPanels({}, 'large', 1600, 1000)).toEqual({ leftPx: 296, rightPx: 336, timelinePx: 408 });
});

test('at 1280×720 the media panel is a rail', () => {
  expect(sizeOfWindow(1280, 720)).toBe('small');
  expect(fitPanels({ leftPx: 400 }, 'small', 1280, 720)).toEqual({ leftPx: 48, rightPx: 300, timelinePx: 300 });
});

test('a window made smaller takes from the media panel before the viewer falls below its least width', () => {
  const { leftPx, rightPx } = fitPanels({ leftPx: 560, rightPx: 500 }, 'large', 1400, 1000);
  expect(1400 - leftPx - rightPx).toBeGreaterThanOrEqual(480);
});

test('the timeline leaves the viewer room', () => {
  expect(fitPanels({ timelinePx: 2000 }, 'large', 1600, 1000).timelinePx).toBe(640);
});
