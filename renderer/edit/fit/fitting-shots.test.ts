import { expect, test } from 'vitest';
import { standInPack } from '../../testing/stand-in/shots.ts';
import { fittingShots } from './fitting-shots.ts';

const rate = { num: 24, den: 1 };
const request = {
  task: 'text',
  prompt: 'a red boat',
  packId: standInPack.id,
  ...{ frameCount: 25, widthPx: 256, heightPx: 160, seed: 7, steps: 20, guidanceScale: 4 },
} as const;

test('a shot that does not fit is offered shorter, in lengths that the pack makes, with all else as it was asked', () => {
  expect(fittingShots(request, standInPack, rate)).toEqual([{ ...request, frameCount: 13 }]);
  const long = fittingShots({ ...request, frameCount: 49 }, standInPack, rate);
  expect(long.map(({ frameCount }) => frameCount)).toEqual([29, 13]);
});

test('a smaller size of the same shape comes first; another shape is another shot', () => {
  const sizes = [...standInPack.sizes, { widthPx: 128, heightPx: 80 }, { widthPx: 80, heightPx: 128 }];
  const offered = fittingShots(request, { ...standInPack, sizes }, rate);
  expect(offered.map(({ widthPx, heightPx, frameCount }) => `${widthPx}×${heightPx} ${frameCount}`)).toEqual([
    '128×80 25',
    '256×160 13',
  ]);
});

test('of the shortest shot in the smallest size nothing less can be offered', () => {
  expect(fittingShots({ ...request, frameCount: 9 }, standInPack, rate)).toEqual([]);
});
