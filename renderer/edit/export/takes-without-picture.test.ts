import { expect, test } from 'vitest';
import type { JobId } from '../../../engine/contract/ids.ts';
import type { Job } from '../../../engine/contract/job.ts';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import { filmOf, takeOf } from '../../../engine/document/film-notation.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { emptyLibrary, libraryAfter } from '../../state/library-store.ts';
import { takesWithoutPicture } from './takes-without-picture.ts';

const film = 'V2 D:50-90 | V1 A:0-48 B:48-96 C:96-120 | A1 e:0-48';

/** The film's takes by what has become of each; those not named are there. */
function found(notation: string, states: Readonly<Record<string, 'making' | 'failed' | 'cancelled' | 'gone'>>) {
  const library = Object.entries(states).reduce((so, [letter, state]) => {
    const jobId = `job-${letter}` as JobId;
    const shared = { facts: takeOf(letter), request: { prompt: '' }, jobId, record: {}, view: {} };
    const kind = state === 'gone' ? 'offline' : state === 'failed' ? 'failed' : 'pending';
    const entry = { ...shared, kind } as unknown as LibraryEntry;
    const withEntry = libraryAfter(so, { kind: 'entry-changed', entry });
    const ended = { kind: state === 'making' ? 'paused' : state } as Job['state'];
    const job: Job = { id: jobId, kind: 'shot', title: letter, takeId: letter as TakeId, state: ended };
    return state === 'gone' ? withEntry : libraryAfter(withEntry, { kind: 'job-changed', job });
  }, ready);
  const { making, stopped, missing } = takesWithoutPicture(filmOf(notation), library);
  const told = [making, stopped.map(({ takeId }) => takeId), missing].map((each) => each.join(' '));
  return told.join(' | ');
}

const ready = ['A', 'B', 'C', 'D', 'E'].reduce((so, letter) => {
  const entry = { kind: 'ready', facts: takeOf(letter), record: {}, view: {} } as unknown as LibraryEntry;
  return libraryAfter(so, { kind: 'entry-changed', entry });
}, emptyLibrary);

test('a film whose takes are all there misses nothing', () => {
  expect(found(film, {})).toBe(' |  | ');
});

test('what is being made is told from what failed or was cancelled, and from footage that is gone', () => {
  expect(found(film, { A: 'making', B: 'failed', C: 'cancelled', D: 'gone' })).toBe('A | B C | D');
});

test('a take is counted once, however often it is cut up, and the first to be seen comes first', () => {
  expect(found('V1 B:0-10 A:10-20 B+30:20-30', { A: 'making', B: 'making' })).toBe('B A |  | ');
});

test('a sound whose file is gone is missed too', () => {
  expect(found(film, { E: 'gone' })).toBe(' |  | E');
});
