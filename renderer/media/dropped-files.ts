import { z } from 'zod';
import type { Uploaded } from '../host/host-api.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

/** What tells a dropped file from others: a file that was written again has another time. */
export type DroppedFile = Pick<File, 'name' | 'size' | 'lastModified'>;

export interface Sending<F extends DroppedFile> {
  /** Whether a file sent earlier is still in the library under its path. */
  readonly isThere: (path: string) => boolean;
  /** Sends the bytes of files, or tells their paths where the host knows them. In order. */
  readonly send: (files: readonly F[]) => Promise<readonly Uploaded[]>;
}

/** Remembers where dropped files went, so that one dropped again is the one it was and not a copy beside it. */
export interface DroppedFiles {
  /** Hands the places of files to `use`, in order. Until `use` is done, the same file dropped again waits for it. */
  place<F extends DroppedFile, T>(
    files: readonly F[],
    sending: Sending<F>,
    use: (places: readonly Uploaded[]) => Promise<T>,
  ): Promise<T>;
}

/** Kept in this browser, one entry a project's folder; another browser sends the file again. */
export function createDroppedFiles(storage: Storage, folder: string): DroppedFiles {
  const known = readKnown(storage, folder);
  const underWay = new Map<string, Promise<Uploaded>>();

  const remember = (file: DroppedFile, sent: Uploaded) => {
    if (!('path' in sent)) return;
    known.set(keyOf(file), sent.path);
    storage.setItem(entryOf(folder), JSON.stringify([...known].slice(-mostKept)));
  };

  return {
    place: async (files, { isThere, send }, use) => {
      const isKnown = (file: DroppedFile) => {
        const path = known.get(keyOf(file));
        return path !== undefined && isThere(path);
      };
      const fresh = new Map(
        files.flatMap((file) => (underWay.has(keyOf(file)) || isKnown(file) ? [] : [[keyOf(file), file]])),
      );
      const sent = fresh.size > 0 ? send([...fresh.values()]) : Promise.resolve([]);
      for (const [index, key] of [...fresh.keys()].entries()) {
        const place = sent.then((all) => at(all, index));
        underWay.set(key, place);
      }
      try {
        const placeOf = (file: DroppedFile) => underWay.get(keyOf(file)) ?? { path: known.get(keyOf(file)) ?? '' };
        const places = await Promise.all(files.map(placeOf));
        for (const [index, file] of files.entries()) remember(file, at(places, index));
        return await use(places);
      } finally {
        for (const key of fresh.keys()) underWay.delete(key);
      }
    },
  };
}

const mostKept = 1000;
const knownSchema = z.array(z.tuple([z.string(), z.string()]));

function keyOf({ name, size, lastModified }: DroppedFile): string {
  return `${lastModified} ${size} ${name}`;
}

function entryOf(folder: string): string {
  return `shotloom.dropped ${folder}`;
}

function readKnown(storage: Storage, folder: string): Map<string, string> {
  try {
    return new Map(knownSchema.parse(JSON.parse(storage.getItem(entryOf(folder)) ?? '')));
  } catch {
    return new Map(); // never kept, or kept by another version
  }
}

function at(all: readonly Uploaded[], index: number): Uploaded {
  const found = all[index];
  if (!found) throw new Error('a file was sent and no answer came for it');
  return found;
}
