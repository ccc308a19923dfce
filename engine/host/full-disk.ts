import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cachesIn, filesOf, sizeOf } from '../caches/cache-place.ts';
import type { Caches } from '../caches/caches.ts';
import type { DiskSurvey } from '../contract/disk.ts';
import { FailureError } from '../contract/failure.ts';
import type { Film } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import type { Library } from '../library/library.ts';
import { removeTake } from '../library/take-folder.ts';
import { diskOf } from '../project/disk-of.ts';
import type { ProjectPlaces } from '../project/layout.ts';

export interface DiskTools {
  readonly caches: Pick<Caches, 'place'>;
  readonly layout: ProjectPlaces;
  readonly takes: Library;
  readonly film: () => Film;
}

/**
 * What may be given up on the fuller of the disks that hold the project and its cache. `kept`: takes that the editor may
 * still bring back by undo, which are in use as much as those in the film.
 */
export async function surveyDisk(tools: DiskTools, kept: readonly TakeId[]): Promise<DiskSurvey> {
  const { caches, layout } = tools;
  const [cacheDisk, projectDisk] = await Promise.all([diskOf(caches.place()), diskOf(layout.folder)]);
  const isOne = cacheDisk.device === projectDisk.device;
  const isCache = isOne || cacheDisk.freeBytes < projectDisk.freeBytes;
  const isProject = isOne || !isCache;
  const { freeBytes, totalBytes } = isCache ? cacheDisk : projectDisk;
  const others = isCache ? (await cachesIn(caches.place())).filter(({ isOpen }) => !isOpen) : [];
  return {
    holds: isProject ? 'project' : 'cache',
    ...{ freeBytes, totalBytes },
    otherCacheBytes: others.reduce((sum, { bytes }) => sum + bytes, 0),
    unusedTakes: isProject ? await unusedTakes(tools, kept) : [],
  };
}

/**
 * Removes generated takes for good; one that is gone already is done with. Answers those that could not be removed: they
 * are there whole. Throws a FailureError `bad-request`, and removes none, where one of them was not generated, a clip
 * uses it, or it is kept for an undo or by a copy of the film that was put aside.
 */
export async function removeTakes(
  tools: Pick<DiskTools, 'takes' | 'film'> & { readonly layout: Pick<ProjectPlaces, 'folder' | 'take'> },
  ids: readonly TakeId[],
  kept: readonly TakeId[],
): Promise<TakeId[]> {
  const { layout, takes, film } = tools;
  const there = ids.filter((id) => takes.find(id));
  const aside = await keptAside(layout.folder);
  const mayGo = () => new Set(idsThatMayGo(takes, film(), kept, aside));
  const mayGoNow = mayGo();
  if (there.some((id) => !mayGoNow.has(id))) {
    throw new FailureError({ code: 'bad-request', reason: 'a take that is used cannot be removed' });
  }
  const left: TakeId[] = [];
  for (const id of there) {
    // A gesture may have come to use it while others went.
    const goes = mayGo().has(id);
    if (goes && (await isRemoved(layout, id))) takes.remove(id);
    else left.push(id);
  }
  return left;
}

async function isRemoved(layout: Pick<ProjectPlaces, 'take'>, id: TakeId): Promise<boolean> {
  try {
    await removeTake(layout, id);
    return true;
  } catch {
    return false; // whatever held it: the others can go all the same
  }
}

async function unusedTakes({ takes, layout, film }: DiskTools, kept: readonly TakeId[]) {
  const ids = idsThatMayGo(takes, film(), kept, await keptAside(layout.folder));
  return Promise.all(
    ids.map(async (takeId) => {
      const name = takes.find(takeId)?.facts.name ?? '';
      return { takeId, name, bytes: await bytesIn(layout.take(takeId)) };
    }),
  );
}

function idsThatMayGo(takes: Library, { sequences }: Film, kept: readonly TakeId[], aside: string): TakeId[] {
  const tracks = sequences.flatMap((sequence) => [...sequence.tracks]);
  const used = new Set([...kept, ...tracks.flatMap(({ clips }) => clips.map(({ takeId }) => takeId))]);
  return takes.entries().flatMap((entry) => {
    const isOurs = entry.kind === 'ready' && entry.record.origin.kind === 'generated';
    return isOurs && !used.has(entry.facts.id) && !aside.includes(entry.facts.id) ? [entry.facts.id] : [];
  });
}

/** What was put aside beside the film, as it is written: copies of one that two windows edited, and journals not followed. */
async function keptAside(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^film\.(recovered|journal\.rejected)-/.test(name));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

async function bytesIn(folder: string): Promise<number> {
  const sizes = await Promise.all((await filesOf(folder)).map(sizeOf));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
