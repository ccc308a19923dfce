import { expect, test } from 'vitest';
import type { JournalEntry } from '../../engine/contract/project.ts';
import type { Film } from '../../engine/document/film.ts';
import { clipId, filmOf, notationSequence, show } from '../../engine/document/film-notation.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import type { Intent } from '../../engine/document/intent.ts';
import { applyPatch } from '../../engine/document/patch.ts';
import { frames } from '../../engine/document/time.ts';
import { newGesture } from './edits.ts';
import { createFilmStore } from './film-store.ts';

const moveBy = (byFrames: number): Intent => ({
  kind: 'move',
  gesture: newGesture(),
  sequenceId: notationSequence,
  clipIds: [clipId('A')],
  byFrames: frames(byFrames),
  byVideoTracks: 0,
  byAudioTracks: 0,
  mode: 'overwrite',
  withLinks: true,
});

function storeWith(film: Film, role: 'editor' | 'reader' = 'editor') {
  const journal: JournalEntry[] = [];
  return { journal, store: createFilmStore(film, role, (entry) => journal.push(entry)) };
}

test('one gesture is one undo step, and undo and redo are journal entries too', () => {
  const start = filmOf('V1 A:0-10');
  const { store, journal } = storeWith(start);
  store.commit(moveBy(5));
  store.undo();
  store.redo();
  expect(show(store.film())).toBe('V1 A:5-15');
  expect(journal.map((entry) => entry.cause.kind)).toEqual(['edit', 'undo', 'redo']);
});

test('the journal alone makes the same film: its patches fit and its fingerprints agree', () => {
  const start = filmOf('V1 A:0-10 B:10-30 | A1 a:0-10');
  const { store, journal } = storeWith(start);
  store.commit(moveBy(40));
  store.undo();
  store.commit(moveBy(3));
  const replayed = journal.reduce<Film>((film, entry) => {
    const next = applyPatch(film, entry.patch);
    expect(fingerprint(next)).toBe(entry.fingerprint);
    return next;
  }, start);
  expect(replayed).toEqual(store.film());
});

test('a refused gesture is neither an undo step nor a journal entry', () => {
  const { store, journal } = storeWith(filmOf('V1 A:0-10'));
  expect(store.commit(moveBy(-5))).toMatchObject({ kind: 'refused', refusal: { code: 'before-start' } });
  expect(store.undo()).toBeUndefined();
  expect(journal).toEqual([]);
});

test('a reader changes nothing', () => {
  const { store, journal } = storeWith(filmOf('V1 A:0-10'), 'reader');
  expect(store.commit(moveBy(5))).toEqual({ kind: 'reading-only' });
  expect(show(store.film())).toBe('V1 A:0-10');
  expect(journal).toEqual([]);
});
