import { join } from 'node:path';
import type { TakeId } from '../document/ids.ts';

/** Where things lie in a project folder. The folder can be moved, zipped and put under version control. */
export interface ProjectLayout {
  readonly folder: string;
  /** The film, folded up to some revision. */
  readonly film: string;
  /** A line for each gesture since. */
  readonly journal: string;
  readonly lock: string;
  /** One folder a take; `take.json` in it is the truth. */
  readonly takes: string;
  /** An index of the takes that can be made again from them; its OS lock is the project's. */
  readonly index: string;
  /** Where earlier versions kept what the cache holds now. */
  readonly formerCache: string;
  /** Files that were dropped on a window that could not tell where they lie. */
  readonly media: string;
  take(id: TakeId): string;
}

/** Where the files of an open project lie: its folder, and beside it the cache. */
export interface ProjectPlaces extends ProjectLayout {
  /** Proxies, filmstrips, peaks: all of it can be made again. Read anew for each piece of work: caches can be moved. */
  readonly cache: string;
}

export function layoutOf(folder: string): ProjectLayout {
  const takes = join(folder, 'takes');
  return {
    folder,
    film: join(folder, 'film.json'),
    journal: join(folder, 'film.journal'),
    lock: join(folder, 'project.lock'),
    takes,
    index: join(folder, 'library.db'),
    formerCache: join(folder, 'cache'),
    media: join(folder, 'media'),
    take: (id) => join(takes, id),
  };
}
