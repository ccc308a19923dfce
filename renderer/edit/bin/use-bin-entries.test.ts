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

test('the bin has the same order whichever way its takes were told: on their way first, then by their dates', () => {
  const ready = (letter: string, createdAt: string) =>
    ({ kind: 'ready', facts: takeOf(letter), record: { createdAt }, view: {} }) as unknown as LibraryEntry;
  const told = [
    ready('A', '2026-11-21T10:00:00.001Z'),
    ready('B', '2026-11-21T10:00:00.001Z'),
    ready('C', '2026-11-21T09:00:00.000Z'),
    pending('D', ''),
  ];
  for (const order of [told, told.toReversed()]) {
    const shown = entriesInBin(new Map(order.map((entry) => [entry.facts.id, entry])), []);
    expect(shown.map((entry) => entry.facts.id)).toEqual(['D', 'B', 'A', 'C']);
  }
});

test('a search finds names and prompts, every word of it, in either case', () => {
  const boat = pending('A', 'A red boat drifts past the moon');
  expect(matches(boat, 'Moon red')).toBe(true);
  expect(matches(boat, 'moon blue')).toBe(false);
  expect(matches(boat, ' ')).toBe(true);
});
