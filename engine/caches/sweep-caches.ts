import { cachesIn, removeCache, tidyPlace } from './cache-place.ts';

export interface CacheSweep {
  /** Where caches lie. */
  readonly place: string;
  /** Where they lay before: what is left there goes as soon as nobody has it open. */
  readonly formerPlaces: readonly string[];
  readonly capBytes: number;
}

/**
 * Holds the caches of all projects to a cap together: proxies, filmstrips, peaks, all that is made again when a project
 * is opened. Those opened longest ago give theirs up first; a project that is open anywhere keeps its own, however
 * large. Answers the bytes that are left.
 */
export async function sweepCaches({ place, formerPlaces, capBytes }: CacheSweep): Promise<number> {
  let leftBytes = 0;
  for (const former of formerPlaces) {
    for (const { folder, bytes, isOpen } of await cachesIn(former)) {
      if (isOpen || !(await removeCache(folder))) leftBytes += bytes;
    }
    await tidyPlace(former);
  }
  const newestFirst = (await cachesIn(place)).toSorted((a, b) => b.usedAt.localeCompare(a.usedAt));
  for (const { folder, bytes, isOpen } of newestFirst.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen))) {
    const isKept = isOpen || leftBytes + bytes <= capBytes;
    if (isKept || !(await removeCache(folder))) leftBytes += bytes;
  }
  await tidyPlace(place);
  return leftBytes;
}
