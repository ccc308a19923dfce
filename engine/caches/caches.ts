import { cacheFolderOf, cachesIn, enterCache, leaveCache, takeOverFiles } from './cache-place.ts';
import { sweepCaches } from './sweep-caches.ts';

/** The caches of every project that this home has ever opened, held to what the settings allow. */
export interface Caches {
  /**
   * Takes up the cache of a project that is open from now on. Never rejects: a place that cannot be written is told of
   * by whatever wants to put something there.
   */
  open(project: string): Promise<ProjectCache>;
  bytes(): Promise<number>;
  /** Holds them to the cap now. Answers what is left. */
  sweep(): Promise<number>;
  /** Removes those of projects that are not open. Answers what is left. */
  empty(): Promise<number>;
  /** Sweeps in a while: whoever opened a project is served first. */
  sweepSoon(): void;
  close(): void;
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
  /** The folder that caches lie in. */
  readonly place: string;
  readonly capBytes: () => number;
  readonly now: () => Date;
}

const soonMs = 10_000;

export function openCaches({ place, capBytes, now }: CachesOptions): Caches {
  let soon: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };
  const sweep = () => inTurn(() => sweepCaches(place, capBytes()));

  return {
    open: async (project) => {
      const folder = cacheFolderOf(place, project);
      await enterCache(folder, project, now()).catch(() => {});
      return {
        folder: () => folder,
        takeOver: (from) => takeOverFiles(from, folder),
        close: () => leaveCache(folder).catch(() => {}),
      };
    },
    bytes: async () => (await cachesIn(place)).reduce((sum, { bytes }) => sum + bytes, 0),
    sweep,
    empty: () => inTurn(() => sweepCaches(place, 0)),
    sweepSoon: () => {
      clearTimeout(soon);
      soon = setTimeout(() => void sweep().catch(() => {}), soonMs).unref();
    },
    close: () => clearTimeout(soon),
  };
}
