import { expect, test } from 'vitest';
import { countCrashes } from './crash-count.ts';

test('three crashes within five minutes are too many, until the first of them is five minutes old', () => {
  let minutes = 0;
  const crashes = countCrashes(() => minutes * 60_000);
  expect(crashes.add()).toBe(1);
  minutes = 3;
  expect(crashes.add()).toBe(2);
  expect(crashes.isTooMany()).toBe(false);
  minutes = 4;
  expect(crashes.add()).toBe(3);
  expect(crashes.isTooMany()).toBe(true);
  minutes = 4.99;
  expect(crashes.isTooMany()).toBe(true);
  minutes = 5;
  expect(crashes.isTooMany()).toBe(false);
  expect(crashes.recent()).toBe(2);
});

test('crashes that are far apart never are too many', () => {
  let minutes = 0;
  const crashes = countCrashes(() => minutes * 60_000);
  for (; minutes < 60; minutes += 3) {
    crashes.add();
    expect(crashes.isTooMany()).toBe(false);
  }
});
