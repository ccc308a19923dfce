import { join } from 'node:path';
import type { Caches, ProjectCache } from '../caches/caches.ts';
import type { DiskSurvey } from '../contract/disk.ts';
import type { ExportRequest } from '../contract/export.ts';
import { FailureError } from '../contract/failure.ts';
import type { EditorId, JobId, ProjectId } from '../contract/ids.ts';
import type { Imported } from '../contract/library.ts';
import type { JournalEntry, Notice, NumberedEvent, OpenProject, ProjectEvent } from '../contract/project.ts';
import type { MediaSearch, Relinked } from '../contract/relink.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { Film } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import { shotJobId } from '../jobs/shot-queue.ts';
import { type Library, library } from '../library/library.ts';
import { sweepUnfinished } from '../library/take-folder.ts';
import { readTakes, type TakeInventory } from '../library/take-index.ts';
import { writeFileAtomically } from '../project/atomic-file.ts';
import { editorRole } from '../project/editor-role.ts';
import type { ProjectPlaces } from '../project/layout.ts';
import { sweepLeftovers } from '../project/leftovers.ts';
import { openProjectFolder, type ProjectFiles } from '../project/open-project.ts';
import type { EngineAddress } from '../rpc/engine-socket.ts';
import { eventStream } from './event-stream.ts';
import { findMissing } from './find-missing.ts';
import { removeTakes, surveyDisk } from './full-disk.ts';
import { fileImporter } from './import-files.ts';
import { type NewShot, projectJobs } from './project-jobs.ts';
import { type Differing, takeRelinker } from './relink-takes.ts';
import { uploadPaths } from './upload-paths.ts';
import { visitors } from './visitors.ts';
import { watchPresence } from './watch-presence.ts';
import type { Workshop } from './workshop.ts';

/** One open project: its film, its takes, its jobs, and the windows that look at it. */
export interface ProjectSession {
  readonly id: ProjectId;
  readonly folder: string;
  /** Lets a window in, until its connection is gone. What only can be read has no editor and refuses all that writes. */
  enter(editor: EditorId, gone: AbortSignal, role?: 'reader'): OpenProject;
  /** A window has put the project away; its connection stays. */
  leave(editor: EditorId, gone: AbortSignal): void;
  /** The project as a window sees it that is in already. */
  read(editor: EditorId): OpenProject;
  takeOver(editor: EditorId): OpenProject;
  append(editor: EditorId, expectedRevision: number, entry: JournalEntry): Promise<number>;
  keepRecovery(film: unknown): Promise<string>;
  follow(after: number | undefined, gone: AbortSignal): AsyncGenerator<NumberedEvent, void, void>;
  importFile(path: string): Promise<Imported>;
  /** Looks for the files of takes that are offline, in a folder or near where they were. */
  findMissing(folder: string | undefined, gone: AbortSignal): AsyncGenerator<MediaSearch, void, void>;
  /** Points an imported take to where its file is now. */
  relink(id: TakeId, path: string, differing: Differing): Promise<Relinked>;
  uploadPath(name: string): Promise<string>;
  startShot(shot: NewShot): Promise<JobId>;
  startExport(request: ExportRequest): Promise<JobId>;
  cancelJob(id: JobId): Promise<void>;
  retryJob(id: JobId): Promise<void>;
  /** What an export that failed can be helped by. Throws a FailureError `bad-request` for any other job. */
  jobLog(id: JobId): string;
  /** What may be given up on a full disk, but for takes that are kept for an undo. */
  surveyDisk(kept: readonly TakeId[]): Promise<DiskSurvey>;
  /**
   * Removes generated takes for good that no clip uses and no undo of the editor, who alone may ask, brings back. Answers
   * those that could not be removed.
   */
  removeTakes(editor: EditorId, ids: readonly TakeId[], kept: readonly TakeId[]): Promise<TakeId[]>;
  /** There is room on the disk again. */
  resumeJobs(): Promise<void>;
  film(): Film;
  library: Pick<Library, 'entries' | 'find' | 'record'>;
  /** Whether everybody who had it open has left, and no work of its is waiting or under way. */
  isIdle(): boolean;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly folder: string;
  readonly engine: EngineAddress;
  readonly workshop: Workshop;
  readonly newId: () => string;
  readonly now: () => Date;
  /** Told whenever the project has become idle. */
  readonly onIdle: () => void;
  /** How often it is looked after the files of takes. */
  readonly presenceMs: number;
  readonly caches: Pick<Caches, 'open' | 'place'>;
}

/** Opens a project. Throws FailureErrors as opening its folder does. */
export async function openSession(options: SessionOptions): Promise<ProjectSession> {
  const files = await openProjectFolder(options.folder, options.engine);
  const { layout, readOnly } = files;
  let cache: ProjectCache | undefined;
  try {
    if (!readOnly) await sweepLeftovers(layout);
    const inventory = await readTakes(layout, files.lock.database);
    cache = await options.caches.open(layout.folder);
    if (!readOnly) await cache.takeOver(layout.formerCache);
    return await startSession(options, files, inventory, cache);
  } catch (error) {
    await cache?.close();
    await files.close();
    throw error;
  }
}

async function startSession(
  options: SessionOptions,
  files: ProjectFiles,
  inventory: TakeInventory,
  cache: ProjectCache,
): Promise<ProjectSession> {
  const { workshop, newId, now } = options;
  const { readOnly } = files;
  const layout: ProjectPlaces = {
    ...files.layout,
    get cache() {
      return cache.folder();
    },
  };
  const id = files.film().id as string as ProjectId; // a project is named by its film: the name outlives the engine

  const events = eventStream<ProjectEvent>(
    () => ({
      kind: 'snapshot',
      entries: [...takes.entries()],
      jobs: [...jobs.list()],
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
  const takes = library(
    (entry) => events.publish({ kind: 'entry-changed', entry }),
    (takeId) => events.publish({ kind: 'entry-gone', takeId }),
  );

  const jobs = projectJobs({
    ...{ workshop, layout, takes, newId, now },
    film: files.film,
    onJob: (job) => {
      events.publish({ kind: 'job-changed', job });
      tellIdle();
    },
  });

  let wasVisited = false;
  let busyCount = 0;
  const isIdle = () => wasVisited && !inside.areThereAny() && busyCount === 0 && !jobs.areUnderWay();
  const tellIdle = () => {
    if (isIdle()) options.onIdle();
  };
  const inside = visitors((editor) => {
    role.leave(editor);
    tellIdle();
  });

  const isThere = async (record: TakeRecord) => (await workshop.locate(record, layout)) !== undefined;
  const showAs = (record: TakeRecord, presence: boolean) => {
    takes.putTake(record, presence ? 'ready' : 'offline');
    if (presence) jobs.prepare(record);
  };
  const showTake = async (record: TakeRecord) => showAs(record, await isThere(record));
  for (const record of inventory.takes) await showTake(record);
  if (readOnly) {
    for (const order of inventory.orders) takes.putOrder(order, shotJobId(order.facts.id));
  } else {
    for (const order of inventory.orders) await sweepUnfinished(layout, order.facts.id);
    jobs.restore(inventory.orders);
  }

  const stopLooking = watchPresence({
    takes: () =>
      takes.entries().flatMap((entry) => {
        const { kind } = entry;
        return kind === 'ready' || kind === 'offline' ? [{ record: entry.record, isThere: kind === 'ready' }] : [];
      }),
    isThere,
    // Relinked while it was looked for, it is shown by its new record already.
    onChange: (record, presence) => takes.record(record.facts.id) === record && showAs(record, presence),
    everyMs: options.presenceMs,
  });

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
      ...(readOnly && { readOnly }),
      notices: told,
    };
  };
  const expectWritable = () => {
    if (readOnly) throw new FailureError(readOnly);
  };
  const expectEditor = (editor: EditorId) => {
    if (!role.mayEdit(editor)) throw new FailureError({ code: 'not-the-editor' });
  };

  /** Changes the library; meanwhile nobody may think that the project is not needed. */
  const change = async <T>(work: () => Promise<T>): Promise<T> => {
    expectWritable();
    busyCount += 1;
    try {
      return await work();
    } finally {
      busyCount -= 1;
      tellIdle();
    }
  };

  const diskTools = { caches: options.caches, layout, takes, film: files.film };
  const uploadPath = uploadPaths(layout.media);
  const importFile = fileImporter({ workshop, layout, takes, showTake, newId });
  const relink = takeRelinker({ workshop, layout, takes, showTake });

  return {
    id,
    folder: layout.folder,
    enter: (editor, gone, wanted) => {
      wasVisited = true;
      inside.enter(editor, gone);
      return openProject(readOnly ? 'reader' : role.enter(editor, wanted));
    },
    leave: inside.leave,
    read: (editor) => openProject(role.mayEdit(editor) ? 'editor' : 'reader'),
    takeOver: (editor) => {
      expectWritable();
      role.takeOver(editor);
      return openProject('editor');
    },
    append: async (editor, expectedRevision, entry) => {
      expectWritable();
      expectEditor(editor);
      const revision = await files.append(expectedRevision, entry);
      events.publish({ kind: 'revision', revision, ...editorField() });
      jobs.reconcile();
      return revision;
    },
    keepRecovery: async (film) => {
      const path = join(layout.folder, `film.recovered-${now().toISOString().replaceAll(':', '-')}.json`);
      await writeFileAtomically(path, `${JSON.stringify(film, undefined, 1)}\n`);
      return path;
    },
    follow: events.follow,
    importFile: (path) => change(() => importFile(path)),
    findMissing: (folder, gone) => findMissing({ takes, layout }, folder, gone),
    relink: (takeId, path, differing) => change(() => relink(takeId, path, differing)),
    uploadPath: async (name) => {
      expectWritable();
      return uploadPath(name);
    },
    startShot: async (shot) => {
      expectWritable();
      return jobs.startShot(shot);
    },
    // Of a newer film we may not see all; and in a folder that cannot be written nobody could tidy up after a crash.
    startExport: async (request) => {
      expectWritable();
      return jobs.startExport(request);
    },
    cancelJob: jobs.cancel,
    retryJob: jobs.retry,
    surveyDisk: (kept) => surveyDisk(diskTools, kept),
    removeTakes: (editor, ids, kept) =>
      change(() => {
        expectEditor(editor);
        return removeTakes(diskTools, ids, kept);
      }),
    resumeJobs: () => change(jobs.resume),
    jobLog: (jobId) => {
      const log = jobs.log(jobId);
      if (log === undefined) throw new FailureError({ code: 'bad-request', reason: 'no export of that name failed' });
      return log;
    },
    film: files.film,
    library: takes,
    isIdle,
    close: async () => {
      stopLooking();
      inside.close();
      try {
        await jobs.close();
        await files.close();
      } finally {
        await cache.close();
        events.close();
        workshop.forget(layout);
      }
    },
  };
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
