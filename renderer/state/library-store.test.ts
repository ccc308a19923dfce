import { expect, test } from 'vitest';
import type { JobId } from '../../engine/contract/ids.ts';
import type { Job } from '../../engine/contract/job.ts';
import type { LibraryEntry } from '../../engine/contract/library.ts';
import { takeOf } from '../../engine/document/film-notation.ts';
import { emptyLibrary, libraryAfter, openJobs } from './library-store.ts';

const job = (id: string, state: Job['state']): Job => ({ id: id as JobId, kind: 'shot', title: id, state });
const entry = (letter: string): LibraryEntry =>
  ({ kind: 'pending', facts: takeOf(letter), jobId: 'j' }) as unknown as LibraryEntry;

test('a snapshot replaces what was known, events change one thing', () => {
  const first = libraryAfter(emptyLibrary, {
    kind: 'snapshot',
    entries: [entry('A'), entry('B')],
    jobs: [],
    revision: 0,
  });
  const second = libraryAfter(first, { kind: 'entry-gone', takeId: 'A' });
  expect([...second.entries.keys()]).toEqual(['B']);
  expect(first.entries.size).toBe(2);
});

test('running jobs come first, then the queue in its order; ended ones are not open', () => {
  const running = { kind: 'running', activity: { kind: 'writing' }, done: 0.9 } as const;
  const jobs = [
    job('third', { kind: 'queued', position: 1 }),
    job('second', { kind: 'queued', position: 0 }),
    job('over', { kind: 'finished' }),
    job('first', running),
  ];
  const library = jobs.reduce((so, each) => libraryAfter(so, { kind: 'job-changed', job: each }), emptyLibrary);
  expect(openJobs(library).map(({ title }) => title)).toEqual(['first', 'second', 'third']);
});
