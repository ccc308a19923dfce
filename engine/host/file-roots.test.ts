import { expect, test } from 'vitest';
import type { Settings } from '../contract/settings.ts';
import { fileRoots } from './file-roots.ts';

const roots = (given: readonly string[], set: Settings) => {
  const { now, areGiven } = fileRoots(given, { now: () => set }, '/home/mira');
  return { paths: now().map(({ path }) => path), areGiven };
};

test('file windows show the home folder, until others are set, or named at the start', () => {
  expect(roots([], {})).toEqual({ paths: ['/home/mira'], areGiven: false });
  expect(roots([], { fileRoots: [] })).toEqual({ paths: ['/home/mira'], areGiven: false });
  expect(roots([], { fileRoots: ['/films', '/rushes'] })).toEqual({ paths: ['/films', '/rushes'], areGiven: false });
  expect(roots(['/stick'], { fileRoots: ['/films'] })).toEqual({ paths: ['/stick'], areGiven: true });
});

test('what is set holds from then on, and each goes by its own name', () => {
  let set: Settings = {};
  const { now } = fileRoots([], { now: () => set }, '/home/mira');
  set = { fileRoots: ['/films/2026', '/'] };
  expect(now().map(({ name }) => name)).toEqual(['2026', '/']);
});
