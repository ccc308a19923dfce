import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { layoutOf } from '../project/layout.ts';
import { lockOwner } from '../project/lock.ts';

export interface CacheSweep {
  /** Folders of projects, the one opened last first. */
  readonly projects: readonly string[];
  readonly capBytes: number;
}

/**
 * Holds the caches of projects to a cap together: proxies, filmstrips, peaks, all that is made again when a project is
 * opened. Those opened longest ago give theirs up first; a project that is open anywhere keeps its own, however large.
 * Answers the bytes that are left.
 */
export async function sweepCaches({ projects, capBytes }: CacheSweep): Promise<number> {
  let leftBytes = 0;
  const sized = await Promise.all(projects.map(async (folder) => ({ folder, bytes: await cacheBytes(folder) })));
  const isOpen = ({ folder }: { folder: string }) => lockOwner(layoutOf(folder)) !== undefined;
  for (const { folder, bytes } of sized.toSorted((a, b) => Number(isOpen(b)) - Number(isOpen(a)))) {
    await removeLeftovers(folder);
    const isKept = isOpen({ folder }) || leftBytes + bytes <= capBytes;
    if (isKept || !(await removeCache(folder))) leftBytes += bytes;
  }
  return leftBytes;
}

/** What the cache of a project takes on disk; 0 where there is none. */
export async function cacheBytes(project: string): Promise<number> {
  const entries = await readdir(layoutOf(project).cache, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((file) => sizeOf(join(file.parentPath, file.name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch(() => undefined); // it may go while one looks
  return stats?.size ?? 0;
}

/** Caches that an engine was killed over while it removed them. */
async function removeLeftovers(project: string): Promise<void> {
  const names = await readdir(project).catch(() => []);
  for (const name of names) {
    if (/^cache\..+\.pending$/.test(name)) await rm(join(project, name), { recursive: true, force: true });
  }
}

/** By one rename first: a project that is being opened meanwhile finds a whole cache or none. */
async function removeCache(project: string): Promise<boolean> {
  const { cache } = layoutOf(project);
  const leaving = `${cache}.${randomUUID()}.pending`;
  try {
    await rename(cache, leaving);
  } catch {
    return false; // a folder that cannot be written keeps what it has
  }
  await rm(leaving, { recursive: true, force: true }).catch(() => {});
  return true;
}
