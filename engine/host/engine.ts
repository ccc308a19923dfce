import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { type Caches, openCaches } from '../caches/caches.ts';
import { FailureError, type Outcome } from '../contract/failure.ts';
import type { Estimate, PackSummary, PromptReading } from '../contract/generation.ts';
import type { PackId, ProjectId } from '../contract/ids.ts';
import type { NewProject } from '../contract/project.ts';
import { contractVersion, type Hello } from '../contract/system.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { FilmId } from '../document/ids.ts';
import { newFilm } from '../document/new-film.ts';
import { fileNameFrom, freeName } from '../project/file-names.ts';
import { createProjectFolder } from '../project/open-project.ts';
import type { EngineAddress } from '../rpc/engine-socket.ts';
import { cacheCapOf, type SettledTools } from './change-settings.ts';
import type { FileRoots } from './file-roots.ts';
import { filmWords } from './film-words.ts';
import type { AppFolders } from './folders.ts';
import type { MediaGrants } from './media-grants.ts';
import { openProjects } from './open-projects.ts';
import type { OpenWorkshop } from './open-workshop.ts';
import { openSession, type ProjectSession } from './project-session.ts';
import { rememberRecent } from './recents.ts';
import type { SettingsKeeper } from './settings.ts';
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
  readonly settings: SettingsKeeper;
  readonly roots: FileRoots;
  readonly address: EngineAddress;
  readonly grants: MediaGrants;
  readonly workshop: Workshop;
  readonly packs: PackShelf;
  readonly tools: SettledTools & Pick<OpenWorkshop, 'findings' | 'devices' | 'tryDevices' | 'generator'>;
  /** How long a project that nobody has open, and that has no work under way, is kept. */
  readonly graceMs?: number;
  /** How often an open project looks after the files of its takes. */
  readonly presenceMs?: number;
}

/** A window that is loaded again is back within seconds, on a slow machine too. */
const defaultGraceMs = 15_000;
/** A disk that was pulled out is told within this; a thousand takes cost 20 ms of it. */
const defaultPresenceMs = 5_000;

/** Everything a window or a command can do, before it is put behind RPC. */
export interface Engine {
  readonly options: EngineOptions;
  readonly caches: Caches;
  hello(): Hello;
  suggestFolder(name: string): Promise<string>;
  createProject(project: NewProject): Promise<Outcome<ProjectSession>>;
  openProject(folder: string): Promise<Outcome<ProjectSession>>;
  /** An open project. Throws a FailureError `not-a-project` otherwise: it was let go, or the engine restarted, since. */
  project(id: ProjectId): ProjectSession;
  close(): Promise<void>;
}

export function createEngine(options: EngineOptions): Engine {
  const engineId = randomUUID();
  const { folders, settings } = options;
  const caches = openCaches({
    settingsFolder: folders.settings,
    usualPlace: folders.cache,
    chosenFolder: () => settings.now().cacheFolder ?? '',
    capBytes: () => cacheCapOf(settings),
    now: () => new Date(),
  });
  const projects = openProjects({
    graceMs: options.graceMs ?? defaultGraceMs,
    start: async (folder, onIdle) => {
      const { address, workshop } = options;
      const session = await openSession({
        ...{ folder, engine: address, workshop, onIdle, newId: randomUUID, now: () => new Date() },
        caches,
        presenceMs: options.presenceMs ?? defaultPresenceMs,
      });
      // A list for convenience: that it cannot be written is no reason to keep a project closed.
      const at = new Date().toISOString();
      await rememberRecent(options.folders.settings, folder, session.film().name, at).catch(() => {});
      caches.sweepSoon();
      return session;
    },
  });

  return {
    options,
    caches,
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
      const folder = options.folders.projects;
      const taken = new Set(await readdir(folder).catch(() => []));
      return join(folder, freeName(fileNameFrom(name, 'Film'), taken));
    },
    createProject: async (project) =>
      outcomeOf(async () => {
        const folder = resolve(project.folder);
        await createProjectFolder(folder, firstFilm(project));
        return projects.open(folder);
      }),
    openProject: (folder) => outcomeOf(() => projects.open(resolve(folder))),
    project: (id) => {
      const session = projects.find(id);
      if (!session) throw new FailureError({ code: 'not-a-project', path: id });
      return session;
    },
    close: () => {
      caches.close();
      return projects.close();
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
