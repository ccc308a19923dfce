import { join } from 'node:path';
import type { ExportRequest } from '../contract/export.ts';
import { type Failure, FailureError, type Outcome } from '../contract/failure.ts';
import type { EditorId, JobId, ProjectId } from '../contract/ids.ts';
import { hasEnded } from '../contract/job.ts';
import type { Imported } from '../contract/library.ts';
import type { JournalEntry, Notice, NumberedEvent, OpenProject, ProjectEvent } from '../contract/project.ts';
import type { ShotRequest, TakeRecord } from '../contract/take.ts';
import type { Film, TakeFacts } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import { exportJobs } from '../jobs/export-jobs.ts';
import { ingestQueue } from '../jobs/ingest-queue.ts';
import { type JobBoard, jobBoard } from '../jobs/job-board.ts';
import { shotJobId, shotQueue } from '../jobs/shot-queue.ts';
import { type Library, library } from '../library/library.ts';
import { sweepUnfinished, writeOrder, writeTake } from '../library/take-folder.ts';
import { readTakes, type TakeInventory } from '../library/take-index.ts';
import { writeFileAtomically } from '../project/atomic-file.ts';
import { editorRole } from '../project/editor-role.ts';
import { sweepLeftovers } from '../project/leftovers.ts';
import { openProjectFolder, type ProjectFiles } from '../project/open-project.ts';
import type { EngineAddress } from '../rpc/engine-socket.ts';
import { eventStream } from './event-stream.ts';
import { overwrittenBy } from './overwritten-by.ts';
import { uploadPaths } from './upload-paths.ts';
import type { Workshop } from './workshop.ts';

/** One open project: its film, its takes, its jobs, and the windows that look at it. */
export interface ProjectSession {
  readonly id: ProjectId;
  readonly folder: string;
  /** Lets a window in, until its connection is gone. */
  enter(editor: EditorId, gone: AbortSignal): OpenProject;
  /** The project as a window sees it that is in already. */
  read(editor: EditorId): OpenProject;
  takeOver(editor: EditorId): OpenProject;
  append(editor: EditorId, expectedRevision: number, entry: JournalEntry): Promise<number>;
  keepRecovery(film: unknown): Promise<string>;
  follow(after: number | undefined, gone: AbortSignal): AsyncGenerator<NumberedEvent, void, void>;
  importFile(path: string): Promise<Imported>;
  uploadPath(name: string): Promise<string>;
  startShot(shot: NewShot): Promise<JobId>;
  startExport(request: ExportRequest): Outcome<{ readonly jobId: JobId }>;
  cancelJob(id: JobId): Promise<void>;
  retryJob(id: JobId): Promise<void>;
  /** Resolves when a job has ended, with what came of it. For commands, which wait. */
  jobEnded(id: JobId): Promise<Outcome<undefined> | { readonly kind: 'cancelled' }>;
  film(): Film;
  library: Pick<Library, 'entries' | 'find' | 'record'>;
  close(): Promise<void>;
}

export interface NewShot {
  readonly facts: TakeFacts;
  readonly request: ShotRequest;
  readonly destination: 'timeline' | 'bin';
}

export interface SessionOptions {
  readonly folder: string;
  readonly engine: EngineAddress;
  readonly workshop: Workshop;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Opens a project. Throws FailureErrors as opening its folder does. */
export async function openSession(options: SessionOptions): Promise<ProjectSession> {
  const files = await openProjectFolder(options.folder, options.engine);
  try {
    await sweepLeftovers(files.layout);
    const inventory = await readTakes(files.layout, files.lock.database);
    return await startSession(options, files, inventory);
  } catch (error) {
    await files.close();
    throw error;
  }
}

async function startSession(
  options: SessionOptions,
  files: ProjectFiles,
  inventory: TakeInventory,
): Promise<ProjectSession> {
  const { workshop, newId, now } = options;
  const { layout } = files;
  const id = files.film().id as string as ProjectId; // a project is named by its film: the name outlives the engine
  const jobEndings = new Map<JobId, (() => void)[]>();

  const events = eventStream<ProjectEvent>(
    () => ({
      kind: 'snapshot',
      entries: [...takes.entries()],
      jobs: [...board.list()],
      revision: files.revision(),
      ...editorField(),
    }),
    isReplacedBy,
  );
  const role = editorRole(() => events.publish({ kind: 'revision', revision: files.revision(), ...editorField() }));
  const editorField = () => {
    const editorId = role.current();
    return editorId ? { editorId } : {};
  };
  const board: JobBoard = jobBoard((job) => {
    events.publish({ kind: 'job-changed', job });
    if (hasEnded(job.state)) for (const ended of jobEndings.get(job.id)?.splice(0) ?? []) ended();
  });
  const takes = library((entry) => events.publish({ kind: 'entry-changed', entry }));

  const ingest = ingestQueue({
    board,
    prepare: (record, onActivity, signal) =>
      workshop.prepare(record, layout, { onActivity, onView: (view) => takes.setView(record.facts.id, view), signal }),
  });
  const shots = shotQueue({
    board,
    make: (order, onProgress, signal) => workshop.makeShot(order, layout, onProgress, signal),
    isWanted: (takeId) => pointsTo(files.film(), takeId),
    keep: (order) => writeOrder(layout, order),
    onMade: async (record) => {
      takes.putTake(record, 'ready');
      ingest.add(record);
    },
    onOrderChanged: (order) => takes.putOrder(order, shotJobId(order.facts.id)),
  });
  const exports = exportJobs(board, newId);
  const uploadPath = uploadPaths(layout.media);

  const showTake = async (record: TakeRecord) => {
    const isThere = (await workshop.locate(record, layout)) !== undefined;
    takes.putTake(record, isThere ? 'ready' : 'offline');
    if (isThere) ingest.add(record);
  };
  for (const record of inventory.takes) await showTake(record);
  for (const order of inventory.orders) await sweepUnfinished(layout, order.facts.id);
  shots.restore(inventory.orders);

  let lastImport: Promise<unknown> = Promise.resolve();
  const importFile = async (path: string): Promise<Imported> => {
    const probed = await workshop.probe(path, `take-${newId()}` as TakeId, layout);
    if (probed.kind === 'failed') return { kind: 'refused', path, failure: probed.failure };
    const known = alreadyImported(takes, probed.value);
    if (known) return { kind: 'imported', path, entry: known };
    try {
      await writeTake(layout, probed.value);
    } catch (error) {
      if (error instanceof FailureError) return { kind: 'refused', path, failure: error.failure };
      throw error;
    }
    await showTake(probed.value);
    const entry = takes.find(probed.value.facts.id);
    return entry ? { kind: 'imported', path, entry } : { kind: 'refused', path, failure: missing(path) };
  };

  let notices: readonly Notice[] = [...files.notices, ...inventoryNotices(inventory)];
  const openProject = (kind: 'editor' | 'reader'): OpenProject => {
    const told = [...notices];
    notices = [];
    return {
      projectId: id,
      folder: layout.folder,
      film: files.film(),
      revision: files.revision(),
      role: kind,
      notices: told,
    };
  };

  return {
    id,
    folder: layout.folder,
    enter: (editor, gone) => {
      gone.addEventListener('abort', () => role.leave(editor), { once: true });
      return openProject(role.enter(editor));
    },
    read: (editor) => openProject(role.mayEdit(editor) ? 'editor' : 'reader'),
    takeOver: (editor) => {
      role.takeOver(editor);
      return openProject('editor');
    },
    append: async (editor, expectedRevision, entry) => {
      if (!role.mayEdit(editor)) throw new FailureError({ code: 'not-the-editor' });
      const revision = await files.append(expectedRevision, entry);
      events.publish({ kind: 'revision', revision, ...editorField() });
      shots.reconcile();
      return revision;
    },
    keepRecovery: async (film) => {
      const path = join(layout.folder, `film.recovered-${now().toISOString().replaceAll(':', '-')}.json`);
      await writeFileAtomically(path, `${JSON.stringify(film, undefined, 1)}\n`);
      return path;
    },
    follow: events.follow,
    // One after the other: a file named twice is found to be known, and a thousand are not probed at once.
    importFile: (path) => {
      const imported = lastImport.then(() => importFile(path));
      lastImport = imported.catch(() => {});
      return imported;
    },
    uploadPath,
    startShot: async ({ facts, request, destination }) => {
      await shots.add({
        version: 1,
        facts,
        request,
        destination,
        orderedAt: now().toISOString(),
        status: { kind: 'waiting' },
      });
      return shotJobId(facts.id);
    },
    startExport: (request) => {
      const film = files.film();
      const jobId = exports.start(request.path, async (onProgress, signal) => {
        const failure = await overwrittenBy(request.path, { layout, takes: takes.entries(), locate: workshop.locate });
        if (failure) return { kind: 'failed', failure };
        return workshop.exportFilm({ film, request, layout, record: takes.record, onProgress, signal });
      });
      return { kind: 'done', value: { jobId } };
    },
    cancelJob: async (jobId) => {
      const takeId = board.find(jobId)?.takeId;
      if (jobId.startsWith('export-')) exports.cancel(jobId);
      else if (takeId && jobId.startsWith('shot-')) await shots.cancel(takeId);
      else if (takeId) ingest.cancel(takeId);
    },
    retryJob: async (jobId) => {
      const takeId = board.find(jobId)?.takeId;
      if (takeId && jobId.startsWith('shot-')) await shots.retry(takeId);
      else if (takeId) ingest.retry(takeId);
    },
    jobEnded: async (jobId) => {
      await waitForEnd(board, jobId, jobEndings);
      const state = board.find(jobId)?.state;
      if (state?.kind === 'failed') return { kind: 'failed', failure: state.failure };
      return state?.kind === 'cancelled' ? { kind: 'cancelled' } : { kind: 'done', value: undefined };
    },
    film: files.film,
    library: takes,
    close: async () => {
      await Promise.all([shots.close(), ingest.close(), exports.close()]);
      await files.close();
    },
  };
}

function pointsTo(film: Film, takeId: TakeId): boolean {
  return film.sequences.some((sequence) =>
    sequence.tracks.some((track) => track.clips.some((clip) => clip.takeId === takeId)),
  );
}

/** The same file imported twice is one take. */
function alreadyImported(takes: Library, record: TakeRecord) {
  const { origin } = record;
  if (origin.kind !== 'imported') return undefined;
  return takes.entries().find((entry) => {
    const other = entry.kind === 'ready' ? entry.record.origin : undefined;
    return (
      other?.kind === 'imported' &&
      other.file.absolutePath === origin.file.absolutePath &&
      other.file.sampleHash === origin.file.sampleHash
    );
  });
}

function missing(path: string): Failure {
  return { code: 'media-missing', path };
}

function isReplacedBy(newer: ProjectEvent, older: ProjectEvent): boolean {
  if (newer.kind === 'job-changed' && older.kind === 'job-changed') return newer.job.id === older.job.id;
  if (newer.kind === 'entry-changed' && older.kind === 'entry-changed')
    return newer.entry.facts.id === older.entry.facts.id;
  return newer.kind === 'revision' && older.kind === 'revision';
}

function inventoryNotices({ unreadable, orders }: TakeInventory): Notice[] {
  const waiting = orders.filter((order) => order.status.kind === 'waiting').length;
  return [
    ...(unreadable.length > 0 ? [{ code: 'takes-unreadable' as const, folders: [...unreadable] }] : []),
    ...(waiting > 0 ? [{ code: 'shots-requeued' as const, count: waiting }] : []),
  ];
}

function waitForEnd(board: JobBoard, id: JobId, endings: Map<JobId, (() => void)[]>): Promise<void> {
  const state = board.find(id)?.state;
  if (!state || hasEnded(state)) return Promise.resolve();
  return new Promise((resolve) => {
    endings.set(id, [...(endings.get(id) ?? []), resolve]);
  });
}
