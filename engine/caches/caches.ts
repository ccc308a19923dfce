import { existsSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import type { CacheMoveProgress } from '../contract/settings.ts';
import { cacheFolderOf, cachesIn, enterCache, isCacheName, leaveCache, takeOverFiles } from './cache-place.ts';
import { copyCaches } from './copy-caches.ts';
import { notePlace, readPlaces } from './known-places.ts';
import { sweepCaches } from './sweep-caches.ts';

/** The caches of every project that this home has ever opened, held to what the settings allow. */
export interface Caches {
  /** The folder they lie in now. */
  place(): string;
  /**
   * Takes up the cache of a project that is open from now on. Never rejects: a place that cannot be written is told of
   * by whatever wants to put something there.
   */
  open(project: string): Promise<ProjectCache>;
  /** Everywhere, what former places still hold included. */
  bytes(): Promise<number>;
  /** Holds them to the cap now. Answers what is left. */
  sweep(): Promise<number>;
  /** Holds them to a cap that was just changed. Does not wait for a move: that ends in a sweep of its own. Never rejects. */
  holdToNewCap(): Promise<void>;
  /** Removes those of projects that are not open. Answers what is left. */
  empty(): Promise<number>;
  /** Sweeps in a while: whoever opened a project is served first. */
  sweepSoon(): void;
  /**
   * Moves them into a folder, or to where they lie usually for an empty one, and goes on there. What a project that is
   * open reads at the old place stays until it is closed. Throws a FailureError `folder-missing`, `inside-cache`,
   * `not-writable` or `disk-full`, or the signal's reason: they lie where they lay then.
   */
  move(move: CachesMove): Promise<void>;
  close(): void;
}

export interface CachesMove {
  readonly folder: string;
  readonly onProgress: (progress: CacheMoveProgress) => void;
  readonly signal: AbortSignal;
  /** Keeps the choice; what cannot be kept is not done. */
  readonly keep: () => Promise<unknown>;
}

/** The cache of one open project. */
export interface ProjectCache {
  /** Where what is made from now on belongs. */
  folder(): string;
  /** Takes over what was made of the project's takes somewhere else. */
  takeOver(from: string): Promise<void>;
  close(): Promise<void>;
}

export interface CachesOptions {
  /** Where places of caches are written down. */
  readonly settingsFolder: string;
  /** Where caches lie unless another folder was chosen. */
  readonly usualPlace: string;
  /** The folder that was chosen; empty for none. */
  readonly chosenFolder: () => string;
  readonly capBytes: () => number;
  readonly now: () => Date;
}

const soonMs = 10_000;

export function openCaches(options: CachesOptions): Caches {
  const { settingsFolder, capBytes, now } = options;
  // From the start on, unless this engine moves them itself: a disk that goes and comes changes nothing midway.
  let place = placeToUse(options);
  let soon: NodeJS.Timeout | undefined;
  let movesUnderWay = 0;
  // The list of places is for tidiness: that it cannot be written is no reason to go without caches.
  let turn: Promise<unknown> = notePlace(settingsFolder, place, 'newest').catch(() => {});
  const opened = new Set<OpenedCache>();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  const formerPlaces = async () => {
    const places = await readPlaces(settingsFolder);
    // The newest is where another engine of this home may have moved them to.
    const inUse = [place, places[0], placeIn(options, options.chosenFolder())];
    return places.filter((each) => !inUse.includes(each));
  };
  const holdTo = (cap: () => number) =>
    inTurn(async () => sweepCaches({ place, formerPlaces: await formerPlaces(), capBytes: cap() }));
  const sweep = () => holdTo(capBytes);
  const sweepSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(() => void sweep().catch(() => {}), soonMs).unref();
  };

  const move = async ({ folder, onProgress, signal, keep }: CachesMove) => {
    if (folder !== '' && !(isAbsolute(folder) && existsSync(folder)))
      throw new FailureError({ code: 'folder-missing', path: folder });
    const to = placeIn(options, folder);
    if (isInCache(place, to)) throw new FailureError({ code: 'inside-cache', path: to });
    if (to === place) return void (await keep());
    await notePlace(settingsFolder, to, 'other');
    const copied = await copyCaches({ from: place, to, onProgress, signal });
    try {
      signal.throwIfAborted();
      await keep();
    } catch (error) {
      await Promise.all(copied.map(leaveCache)); // the next sweep finds them on the list
      throw error;
    }
    place = to;
    await notePlace(settingsFolder, to, 'newest').catch(() => {});
    await Promise.all([...opened].map((cache) => cache.enter(to)));
    const inUse = new Set([...opened].map(({ project }) => cacheFolderOf(to, project)));
    await Promise.all(copied.filter((each) => !inUse.has(each)).map(leaveCache));
  };

  return {
    place: () => place,
    open: async (project) => {
      const cache = openedCache(project, now);
      opened.add(cache);
      await cache.enter(place);
      return {
        folder: () => cacheFolderOf(place, project),
        takeOver: (from) => takeOverFiles(from, cacheFolderOf(place, project)),
        close: async () => {
          opened.delete(cache);
          if ((await cache.leave()) > 1) sweepSoon(); // what it had read at a former place may go
        },
      };
    },
    bytes: async () => {
      const caches = await Promise.all([place, ...(await formerPlaces())].map(cachesIn));
      return caches.flat().reduce((sum, { bytes }) => sum + bytes, 0);
    },
    sweep,
    holdToNewCap: async () => {
      if (movesUnderWay === 0) await sweep().catch(() => {}); // it is tried again when a project is opened
    },
    empty: () => holdTo(() => 0),
    sweepSoon,
    move: (wanted) => {
      movesUnderWay += 1;
      return inTurn(() => move(wanted)).finally(() => {
        movesUnderWay -= 1;
        sweepSoon();
      });
    },
    close: () => clearTimeout(soon),
  };
}

interface OpenedCache {
  readonly project: string;
  enter(place: string): Promise<void>;
  /** Answers how many places it was in. */
  leave(): Promise<number>;
}

/** The presence of this engine in a project's cache, at every place it has lain since the project was opened. */
function openedCache(project: string, now: () => Date): OpenedCache {
  const entered = new Set<string>();
  return {
    project,
    enter: async (place) => {
      const folder = cacheFolderOf(place, project);
      entered.add(folder);
      await enterCache(folder, project, now()).catch(() => {});
    },
    leave: async () => {
      await Promise.all([...entered].map((folder) => leaveCache(folder).catch(() => {})));
      return entered.size;
    },
  };
}

/**
 * Where caches lie for an engine that starts now. A chosen folder that is not there, on a disk that was pulled out, is
 * passed over: projects open all the same.
 */
export function placeToUse(options: Pick<CachesOptions, 'usualPlace' | 'chosenFolder'>): string {
  const chosen = options.chosenFolder();
  return placeIn(options, existsSync(chosen) ? chosen : '');
}

/** In a folder that was chosen caches keep together: other things may lie there. */
function placeIn({ usualPlace }: Pick<CachesOptions, 'usualPlace'>, folder: string): string {
  return folder === '' ? usualPlace : join(folder, 'Shotloom cache');
}

/** Whether a folder lies in the cache of a project. */
function isInCache(place: string, folder: string): boolean {
  const [first = ''] = relative(place, folder).split(sep);
  return isCacheName(first);
}
