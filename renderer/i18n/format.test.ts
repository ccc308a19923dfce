import { expect, test } from 'vitest';
import { en } from './en.ts';
import { aboutDuration, formatBytes, formatClock, formatRate } from './format.ts';
import { zhCN } from './zh-CN.ts';

test('estimates are as coarse as they are sure', () => {
  const said = (seconds: number) => {
    const { values = {} } = aboutDuration(seconds);
    return [values.minutes, values.seconds].filter((part) => part !== undefined).join(' ');
  };
  expect([0.2, 6.4, 42, 110, 119, 125, 299, 60, 1000].map(said)).toEqual([
    '1',
    '6',
    '40',
    '1 50',
    '2',
    '2 10',
    '5',
    '1',
    '17',
  ]);
});

test('countdowns end at zero and not before', () => {
  expect([0, 0.2, 41.9, 60, 725].map(formatClock)).toEqual(['0:00', '0:01', '0:42', '1:00', '12:05']);
});

test('bytes are read as disks are sold, rates as they are called', () => {
  expect([12, 999_600, 1_500_000, 9_960_000_000, 24e9].map(formatBytes)).toEqual([
    '12 B',
    '1 MB',
    '1.5 MB',
    '10 GB',
    '24 GB',
  ]);
  const rates = [
    { num: 24, den: 1 },
    { num: 30000, den: 1001 },
    { num: 25, den: 2 },
  ];
  expect(rates.map(formatRate)).toEqual(['24', '29.97', '12.5']);
});

test('both languages name the same values in every sentence', () => {
  const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
  for (const [key, text] of Object.entries(zhCN))
    expect([key, names(text)]).toEqual([key, names(en[key as keyof typeof en])]);
});
