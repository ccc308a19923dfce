import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JobId } from '../../engine/contract/ids.ts';
import { hasEnded, type Job } from '../../engine/contract/job.ts';
import type { LibraryEntry } from '../../engine/contract/library.ts';
import type { ProjectEvent } from '../../engine/contract/project.ts';
import { assertNever } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';

/** What the engine has told of takes and jobs. The window only ever reads it. */
export interface Library {
  readonly entries: ReadonlyMap<TakeId, LibraryEntry>;
  /** In the order in which they were first heard of. */
  readonly jobs: ReadonlyMap<JobId, Job>;
  /** False until the first snapshot: an empty bin cannot be told from an unknown one before. */
  readonly isKnown: boolean;
}

export const emptyLibrary: Library = { entries: new Map(), jobs: new Map(), isKnown: false };

export type LibraryStore = StoreApi<Library>;

export function createLibraryStore(): LibraryStore {
  return createStore<Library>(() => emptyLibrary);
}

/** The library after one event of the project's stream. */
export function libraryAfter(library: Library, event: ProjectEvent): Library {
  switch (event.kind) {
    case 'snapshot':
      return {
        entries: new Map(event.entries.map((entry) => [entry.facts.id, entry])),
        jobs: new Map(event.jobs.map((job) => [job.id, job])),
        isKnown: true,
      };
    case 'entry-changed':
      return { ...library, entries: new Map(library.entries).set(event.entry.facts.id, event.entry) };
    case 'entry-gone': {
      const entries = new Map(library.entries);
      entries.delete(event.takeId as TakeId);
      return { ...library, entries };
    }
    case 'job-changed':
      return { ...library, jobs: new Map(library.jobs).set(event.job.id, event.job) };
    case 'revision':
      return library;
    default:
      return assertNever(event);
  }
}

/** The job that makes a take's frames, or last tried to. */
export function jobOfTake(library: Library, takeId: TakeId): Job | undefined {
  const entry = library.entries.get(takeId);
  if (entry?.kind === 'pending') return library.jobs.get(entry.jobId);
  let latest: Job | undefined;
  for (const job of library.jobs.values()) if (job.takeId === takeId && job.kind === 'shot') latest = job;
  return latest;
}

/** Jobs that still have something to do, running ones first. */
export function openJobs(library: Library): readonly Job[] {
  const open = [...library.jobs.values()].filter((job) => !hasEnded(job.state));
  return open.sort((a, b) => rank(a) - rank(b));
}

function rank({ state }: Job): number {
  if (state.kind === 'running') return -1;
  return state.kind === 'queued' ? state.position : Number.MAX_SAFE_INTEGER;
}
