import { expect, test } from 'vitest';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { filmOf, takeOf } from '../../../engine/document/film-notation.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { missingTakes } from './missing-takes.ts';

function entry(name: string, kind: 'ready' | 'offline'): LibraryEntry {
  const facts = takeOf(name);
  const file = { absolutePath: `/rushes/${name}`, sizeBytes: 1, modifiedMs: 0, sampleHash: name };
  const origin = { kind: 'imported', file, media: { container: 'mov' } } as const;
  return { kind, facts, record: { version: 1, facts, createdAt: '2026-01-01T00:00:00.000Z', origin }, view: {} };
}

function library(...entries: readonly LibraryEntry[]) {
  return { entries: new Map(entries.map((each) => [each.facts.id, each])) };
}

const shown = (film: ReturnType<typeof filmOf>, ...entries: readonly LibraryEntry[]) =>
  missingTakes(film, library(...entries)).map(({ facts, clipCount }) => `${facts.id} ${clipCount}`);

test('what the film uses is missed first, then what lies in the bin; what is there, or was thrown out, is not', () => {
  const film = filmOf('V1 A:0-48 B:48-96 A:96-144');
  expect(shown(film, entry('C', 'offline'), entry('A', 'offline'), entry('B', 'ready'))).toEqual(['A 2', 'C 0']);
  const thrownOut = { ...film, removedTakes: ['C' as TakeId] };
  expect(shown(thrownOut, entry('C', 'offline'), entry('A', 'offline'))).toEqual(['A 2']);
});
