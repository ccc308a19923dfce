import { randomUUID } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { FailureError, type Outcome } from '../contract/failure.ts';
import type { Estimate, PackSummary, PromptReading } from '../contract/generation.ts';
import type { PackId, ProjectId } from '../contract/ids.ts';
import type { NewProject } from '../contract/project.ts';
import { contractVersion, type Hello } from '../contract/system.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { FilmId } from '../document/ids.ts';
import { newFilm } from '../document/new-film.ts';
import { fileNameFrom, freeName } from '../project/file-names.ts';
import { createProjectFolder, isProjectFolder } from '../project/open-project.ts';
import type { EngineAddress } from '../rpc/engine-socket.ts';
import { filmWords } from './film-words.ts';
import type { AppFolders } from './folders.ts';
import type { Root } from './list-folder.ts';
import type { MediaGrants } from './media-grants.ts';
import { openSession, type ProjectSession } from './project-session.ts';
import { rememberRecent } from './recents.ts';
import type { Workshop } from './workshop.ts';

/** The packs this machine has, and what can be asked of them without a project. */
export interface PackShelf {
  summaries(): Promise<readonly PackSummary[]>;
  readPrompt(packId: PackId, prompt: string): Promise<Outcome<PromptReading>>;
  estimate(request: ShotRequest): Promise<Outcome<Estimate>>;
}

export interface EngineOptions {
  readonly appVersion: string;
  readonly folders: AppFolders;
  readonly roots: readonly Root[];
  readonly address: EngineAddress;
  readonly grants: MediaGrants;
  readonly workshop: Workshop;
  readonly packs: PackShelf;
}

/** Everything a window or a command can do, before it is put behind RPC. */
export interface Engine {
  readonly options: EngineOptions;
  hello(): Hello;
  suggestFolder(name: string): Promise<string>;
  createProject(project: NewProject): Promise<Outcome<ProjectSession>>;
  openProject(folder: string): Promise<Outcome<ProjectSession>>;
  /** A project opened before. Throws a FailureError `not-a-project` otherwise: the engine has been restarted since. */
  project(id: ProjectId): ProjectSession;
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const sessions = new Map<ProjectId, ProjectSession>();
  const opening = new Map<string, Promise<ProjectSession>>();
  const engineId = randomUUID();

  const open = async (path: string): Promise<ProjectSession> => {
    // One project is one folder, whatever links lead to it.
    const folder = await realpath(path).catch(() => path);
    await letGoOfMoved();
    const known = [...sessions.values()].find((session) => session.folder === folder);
    if (known) return known;
    // Two windows that open the same project at the same moment must not fight over its lock.
    const underWay = opening.get(folder) ?? startSession(folder);
    opening.set(folder, underWay);
    try {
      return await underWay;
    } finally {
      opening.delete(folder);
    }
  };
  // A project may be moved while it is open here; its lock would keep it from being opened where it is now.
  const letGoOfMoved = async () => {
    for (const [id, session] of sessions) {
      if (await isProjectFolder(session.folder)) continue;
      sessions.delete(id);
      await session.close().catch(() => {}); // it cannot be folded where it was; its journal went along
    }
  };
  const startSession = async (folder: string) => {
    const session = await openSession({
      folder,
      engine: options.address,
      workshop: options.workshop,
      newId: randomUUID,
      now: () => new Date(),
    });
    sessions.set(session.id, session);
    // A list for convenience: that it cannot be written is no reason to keep a project closed.
    await rememberRecent(options.folders.settings, folder, session.film().name, new Date().toISOString()).catch(
      () => {},
    );
    return session;
  };

  return {
    options,
    hello: () => ({
      contractVersion,
      appVersion: options.appVersion,
      engineId,
      platform: process.platform,
      processorName: cpus()[0]?.model.trim() ?? '',
      logicalCores: cpus().length,
      memoryBytes: totalmem(),
    }),
    suggestFolder: async (name) => {
      const { projects } = options.folders;
      const taken = new Set(await readdir(projects).catch(() => []));
      return join(projects, freeName(fileNameFrom(name, 'Film'), taken));
    },
    createProject: async (project) =>
      outcomeOf(async () => {
        const folder = resolve(project.folder);
        await createProjectFolder(folder, firstFilm(project));
        return open(folder);
      }),
    openProject: (folder) => outcomeOf(() => open(resolve(folder))),
    project: (id) => {
      const session = sessions.get(id);
      if (!session) throw new FailureError({ code: 'not-a-project', path: id });
      return session;
    },
    close: async () => {
      const all = [...sessions.values()];
      sessions.clear();
      // One that cannot be folded has its journal, and must not keep the others from being closed.
      await Promise.allSettled(all.map((session) => session.close()));
    },
  };
}

function firstFilm({ folder, name, language, rate, widthPx, heightPx }: NewProject) {
  const words = filmWords[language];
  return newFilm({
    id: `film-${randomUUID()}` as FilmId,
    name: name || basename(folder),
    sequenceName: words.sequence,
    trackNames: words.tracks,
    ...(rate ? { rate } : {}),
    ...(widthPx ? { widthPx } : {}),
    ...(heightPx ? { heightPx } : {}),
  });
}

/** Runs work whose FailureErrors are answers, not faults. */
export async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    if (error instanceof FailureError) return { kind: 'failed', failure: error.failure };
    throw error;
  }
}
