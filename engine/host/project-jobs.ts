import { dirname } from 'node:path';
import type { ExportRequest } from '../contract/export.ts';
import { FailureError } from '../contract/failure.ts';
import type { JobId } from '../contract/ids.ts';
import type { Job } from '../contract/job.ts';
import type { ShotRequest, TakeRecord } from '../contract/take.ts';
import type { Film, TakeFacts } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import { expectFreeDestination } from '../export/destination.ts';
import { type ExportRun, exportJobs } from '../jobs/export-jobs.ts';
import { ingestQueue } from '../jobs/ingest-queue.ts';
import { jobBoard } from '../jobs/job-board.ts';
import { shotJobId, shotQueue } from '../jobs/shot-queue.ts';
import type { Library } from '../library/library.ts';
import { type ShotOrder, writeOrder } from '../library/take-folder.ts';
import { isOnOneDisk } from '../project/disk-of.ts';
import type { ProjectPlaces } from '../project/layout.ts';
import { exportLog } from './job-log.ts';
import { overwrittenBy } from './overwritten-by.ts';
import { appVersion } from './version.ts';
import type { Workshop } from './workshop.ts';

/** The long work of one project: its shots, what its takes need to be shown, its exports. */
export interface ProjectJobs {
  list(): readonly Job[];
  startShot(shot: NewShot): Promise<JobId>;
  /** Takes up the shots that were ordered before the engine was. */
  restore(orders: readonly ShotOrder[]): void;
  /** Makes what a window needs to show a take whose file is there. */
  prepare(record: TakeRecord): void;
  /**
   * Exports the film as it is now. What can be told before the work begins is: throws a FailureError `would-overwrite`,
   * `being-exported`, `file-exists`, `folder-missing` or `not-writable`.
   */
  startExport(request: ExportRequest): Promise<JobId>;
  cancel(id: JobId): Promise<void>;
  /** Begins again what failed or was cancelled; an export with the film as it is by then, and throwing as its start does. */
  retry(id: JobId): Promise<void>;
  /** There is room on the disk again: what a full one stopped goes on, exports from their beginning or failed where they cannot. */
  resume(): Promise<void>;
  /** What an export that failed can be helped by; undefined for any other job. */
  log(id: JobId): string | undefined;
  /** The film has changed: shots nothing points to any more rest, those pointed to again go on. */
  reconcile(): void;
  /** Whether any of it runs or waits for its turn; what rests or has ended does not. */
  areUnderWay(): boolean;
  /** Stops what runs, and resolves when it has stopped; shots stay in their queue. */
  close(): Promise<void>;
}

export interface NewShot {
  readonly facts: TakeFacts;
  readonly request: ShotRequest;
  readonly destination: 'timeline' | 'bin';
}

export interface ProjectJobsOptions {
  readonly workshop: Workshop;
  readonly layout: ProjectPlaces;
  readonly takes: Library;
  readonly film: () => Film;
  readonly onJob: (job: Job) => void;
  readonly newId: () => string;
  readonly now: () => Date;
}

export function projectJobs(options: ProjectJobsOptions): ProjectJobs {
  const { workshop, layout, takes, film, newId, now } = options;
  const board = jobBoard(options.onJob);
  const ingest = ingestQueue({
    board,
    prepare: (record, onActivity, signal) =>
      workshop.prepare(record, layout, { onActivity, onView: (view) => takes.setView(record.facts.id, view), signal }),
  });
  const shots = shotQueue({
    board,
    make: (order, onProgress, signal) => workshop.makeShot(order, layout, onProgress, signal),
    isWanted: (takeId) => pointsTo(film(), takeId),
    keep: (order) => writeOrder(layout, order),
    onMade: async (record) => {
      takes.putTake(record, 'ready');
      ingest.add(record);
    },
    onOrderChanged: (order) => takes.putOrder(order, shotJobId(order.facts.id)),
  });
  // Room is made on the disks of the project and its cache; one of another disk is the editor's to clear.
  const exports = exportJobs(board, newId, async (path) => {
    const folders = [layout.folder, layout.cache];
    return (await Promise.all(folders.map((each) => isOnOneDisk(dirname(path), each)))).includes(true);
  });
  const asked = new Map<JobId, ExportRequest>();
  const startExport = async (request: ExportRequest, again?: JobId): Promise<JobId> => {
    const asItIsNow = film();
    const { path, existing } = request;
    const failure = await overwrittenBy(path, { layout, takes: takes.entries(), locate: workshop.locate });
    if (failure) throw new FailureError(failure);
    await expectFreeDestination(path, existing);
    if (exports.isWriting(path)) throw new FailureError({ code: 'being-exported', path });
    const run: ExportRun = (onProgress, signal) =>
      workshop.exportFilm({ film: asItIsNow, request, layout, record: takes.record, onProgress, signal });
    const id = exports.start(path, run, again);
    asked.set(id, request);
    return id;
  };

  /** One that cannot begin any more is that job's end, and no other's. */
  const asItsEnd = (jobId: JobId) => (error: unknown) => {
    if (!(error instanceof FailureError)) throw error;
    exports.refuse(jobId, error.failure);
  };

  return {
    list: board.list,
    startShot: async (shot) => {
      await shots.add({ version: 1, ...shot, orderedAt: now().toISOString(), status: { kind: 'waiting' } });
      return shotJobId(shot.facts.id);
    },
    restore: shots.restore,
    prepare: ingest.add,
    startExport,
    cancel: async (jobId) => {
      const job = board.find(jobId);
      if (job?.kind === 'export') exports.cancel(jobId);
      else if (job?.takeId && job.kind === 'shot') await shots.cancel(job.takeId);
      else if (job?.takeId) ingest.cancel(job.takeId);
    },
    retry: async (jobId) => {
      const job = board.find(jobId);
      if (job?.takeId && job.kind === 'shot') await shots.retry(job.takeId);
      else if (job?.takeId) ingest.retry(job.takeId);
      const request = asked.get(jobId);
      const isStopped = job && !['queued', 'running', 'finished'].includes(job.state.kind);
      if (request && isStopped) await startExport(request, jobId);
    },
    resume: async () => {
      shots.resume();
      ingest.resume();
      for (const jobId of exports.stoppedByFullDisk()) {
        const request = asked.get(jobId);
        if (request) await startExport(request, jobId).catch(asItsEnd(jobId));
      }
    },
    log: (jobId) => {
      const [job, request] = [board.find(jobId), asked.get(jobId)];
      if (!request || job?.state.kind !== 'failed') return undefined;
      return exportLog({ job, request, failure: job.state.failure, appVersion });
    },
    reconcile: shots.reconcile,
    areUnderWay: () => board.list().some(({ state }) => state.kind === 'running' || state.kind === 'queued'),
    close: async () => {
      await Promise.all([shots.close(), ingest.close(), exports.close()]);
    },
  };
}

function pointsTo(film: Film, takeId: TakeId): boolean {
  return film.sequences.some((sequence) =>
    sequence.tracks.some((track) => track.clips.some((clip) => clip.takeId === takeId)),
  );
}
