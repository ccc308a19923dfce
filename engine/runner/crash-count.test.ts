import { expect, test } from 'vitest';
import { countCrashes } from './crash-count.ts';

test('three crashes within five minutes are too many, and stay so until they are forgotten', () => {
  let minutes = 0;
  const crashes = countCrashes(() => minutes * 60_000);
  expect(crashes.add()).toBe(1);
  minutes = 3;
  expect(crashes.add()).toBe(2);
  expect(crashes.isTooMany()).toBe(false);
  minutes = 4.99;
  expect(crashes.add()).toBe(3);
  expect(crashes.isTooMany()).toBe(true);
  minutes = 60;
  expect([crashes.isTooMany(), crashes.recent()]).toEqual([true, 3]);
  crashes.forget();
  expect([crashes.isTooMany(), crashes.recent()]).toEqual([false, 0]);
  expect(crashes.add()).toBe(1);
});

test('crashes that are far apart never are too many', () => {
  let minutes = 0;
  const crashes = countCrashes(() => minutes * 60_000);
  for (; minutes < 60; minutes += 3) {
    crashes.add();
    expect(crashes.isTooMany()).toBe(false);
  }
  minutes += 5;
  expect(crashes.recent()).toBe(0);
});
