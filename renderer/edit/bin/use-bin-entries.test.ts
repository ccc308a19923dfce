import { expect, test } from 'vitest';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { takeOf } from '../../../engine/document/film-notation.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { entriesInBin, matches } from './use-bin-entries.ts';

const pending = (letter: string, prompt: string) =>
  ({ kind: 'pending', facts: takeOf(letter), request: { prompt }, jobId: 'j' }) as unknown as LibraryEntry;

test('the bin shows the newest first, without what was thrown out', () => {
  const entries = new Map(['A', 'B', 'C'].map((letter) => [letter as TakeId, pending(letter, '')]));
  const shown = entriesInBin(entries, ['B' as TakeId]);
  expect(shown.map((entry) => entry.facts.id)).toEqual(['C', 'A']);
});

test('a search finds names and prompts, every word of it, in either case', () => {
  const boat = pending('A', 'A red boat drifts past the moon');
  expect(matches(boat, 'Moon red')).toBe(true);
  expect(matches(boat, 'moon blue')).toBe(false);
  expect(matches(boat, ' ')).toBe(true);
});
