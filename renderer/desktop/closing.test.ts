import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Job, JobState } from '../../engine/contract/job.ts';
import type { Words } from '../i18n/index.ts';
import type { Saving } from '../state/journal-queue.ts';
import { createLibraryStore } from '../state/library-store.ts';
import type { Project } from '../state/project.ts';
import { closingAnswer } from './closing.ts';

const words = ((told: unknown, values: object = {}) =>
  [JSON.stringify(told), ...Object.values(values)].join(' ')) as Words;
const running: JobState = { kind: 'running', activity: { kind: 'loading-pack' }, done: 0 };

/** A project as far as closing asks about it. */
function project({ saving = { kind: 'saved' }, jobs = [] }: { saving?: Saving; jobs?: readonly Partial<Job>[] } = {}) {
  const library = createLibraryStore();
  library.setState({
    jobs: new Map(jobs.map((job, index) => [`${index}` as Job['id'], { kind: 'shot', ...job } as Job])),
  });
  const store = createStore<Saving>(() => saving);
  const film = { film: () => ({ name: 'Boat' }) };
  return { project: { saving: store, library, film } as unknown as Project, saving: store };
}

const answer = (of: Project | undefined, endsEngine = true) =>
  closingAnswer({ project: of, endsEngine, words, patienceMs: 20 });

test('the start page, and a saved film without jobs, may close', async () => {
  expect(await answer(undefined)).toEqual({ kind: 'ready' });
  expect(await answer(project().project)).toEqual({ kind: 'ready' });
});

test('gestures under way are waited for', async () => {
  const { project: of, saving } = project({ saving: { kind: 'saving', count: 2 } });
  const answered = closingAnswer({ project: of, endsEngine: true, words, patienceMs: 60_000 });
  saving.setState({ kind: 'saving', count: 1 }, true);
  saving.setState({ kind: 'saved' }, true);
  expect(await answered).toEqual({ kind: 'ready' });
});

test.each<Saving>([
  { kind: 'saving', count: 1 },
  { kind: 'stuck', failure: { code: 'disk-full', path: '/films/Boat' } },
])('gestures that do not arrive are asked about: %j', async (saving) => {
  expect(await answer(project({ saving }).project, false)).toMatchObject({ kind: 'ask', message: '"closing.unsaved"' });
});

test('jobs that the end would interrupt are asked about, with their number', async () => {
  const jobs = [
    { state: running },
    { kind: 'export' as const, state: running },
    { state: { kind: 'queued', position: 0 } as const },
    { state: { kind: 'paused' } as const },
    { state: { kind: 'finished' } as const },
    { kind: 'ingest' as const, state: running },
  ];
  expect(await answer(project({ jobs }).project)).toMatchObject({
    kind: 'ask',
    message: '"closing.jobs"',
    detail: '"closing.jobsDetail" Boat 3',
  });
});

test('where the engine goes on, jobs go on with it and nothing is asked', async () => {
  expect(await answer(project({ jobs: [{ state: running }] }).project, false)).toEqual({ kind: 'ready' });
});
