import { basename } from 'node:path';
import type { Failure, Outcome } from '../contract/failure.ts';
import type { JobId } from '../contract/ids.ts';
import type { JobBoard } from './job-board.ts';
import type { ShotProgress } from './shot-queue.ts';

/** Writes a film, telling how far it is. */
export type ExportRun = (
  onProgress: (progress: ShotProgress) => void,
  signal: AbortSignal,
) => Promise<Outcome<undefined> | { readonly kind: 'cancelled' }>;

/** The exports of one project: each runs at once and is not taken up again after a restart. */
export interface ExportJobs {
  /** Starts an export to a file, whose name is the job's title. `again`: as a job that has ended before. */
  start(path: string, run: ExportRun, again?: JobId): JobId;
  /** Whether an export to a path is under way. */
  isWriting(path: string): boolean;
  cancel(id: JobId): void;
  /** An export that rested cannot begin again: it has failed. */
  refuse(id: JobId, failure: Failure): void;
  /** Exports that a full disk stopped; each begins anew. */
  stoppedByFullDisk(): readonly JobId[];
  close(): Promise<void>;
}

/** @param rests whether an export that found its disk full is to wait for room there, or has failed */
export function exportJobs(
  board: JobBoard,
  newId: () => string,
  rests: (path: string) => Promise<boolean>,
): ExportJobs {
  const resting = new Set<JobId>();
  const running = new Map<
    JobId,
    { readonly path: string; readonly stop: AbortController; readonly ended: Promise<void> }
  >();
  return {
    isWriting: (path) => [...running.values()].some((each) => each.path === path),
    start: (path, run, again) => {
      const id = again ?? (`export-${newId()}` as JobId);
      const stop = new AbortController();
      const post = (state: Parameters<JobBoard['update']>[1]) =>
        board.post({ id, kind: 'export', title: basename(path), path, state });
      post({ kind: 'running', activity: { kind: 'encoding', framesDone: 0, frameCount: 0 }, done: 0 });
      resting.delete(id);
      const ended = run((progress) => post({ kind: 'running', ...progress }), stop.signal).then(async (outcome) => {
        const isFull = outcome.kind === 'failed' && outcome.failure.code === 'disk-full' && (await rests(path));
        running.delete(id);
        if (isFull) {
          resting.add(id);
          post({ kind: 'paused', because: outcome.failure });
        } else if (outcome.kind === 'failed') post({ kind: 'failed', failure: outcome.failure satisfies Failure });
        else post({ kind: outcome.kind === 'done' ? 'finished' : 'cancelled' });
      });
      running.set(id, { path, stop, ended });
      return id;
    },
    cancel: (id) => {
      running.get(id)?.stop.abort();
      if (resting.delete(id)) board.update(id, { kind: 'cancelled' });
    },
    refuse: (id, failure) => {
      if (resting.delete(id)) board.update(id, { kind: 'failed', failure });
    },
    stoppedByFullDisk: () => [...resting],
    close: async () => {
      const all = [...running.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
