import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { errorCode, writeFileAtomically } from '../project/atomic-file.ts';

// A place holds the caches of projects, each a folder of its own under a name made of the project's path. What else lies
// in a place is none of ours: the editor may have chosen a folder with other things in it.

/** The cache of one project, as it lies on disk. */
export interface PlacedCache {
  readonly folder: string;
  readonly bytes: number;
  /** When the project was opened last, as a time that sorts by its letters; empty where that was never written. */
  readonly usedAt: string;
  /** Whether a running engine has the project open, be it only to read it. */
  readonly isOpen: boolean;
}

const cacheName = /^[0-9a-f]{32}$/;
const unfinishedName = /^[0-9a-f]{32}\..+\.pending$/;
const noteSchema = z.object({ version: z.literal(1), project: z.string(), usedAt: z.iso.datetime() });

export function cacheFolderOf(place: string, project: string): string {
  return join(place, createHash('sha256').update(project).digest('hex').slice(0, 32));
}

export function isCacheName(name: string): boolean {
  return cacheName.test(name);
}

/**
 * Takes up the cache of a project that is being opened: writes down when, and that this process has it open. What an
 * engine that was killed left half-made in it goes, where nobody else is making anything.
 */
export async function enterCache(folder: string, project: string, now: Date): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeLeftNotes(folder);
  if (!(await isOpenIn(folder))) await removePending(folder);
  await holdCache(folder);
  const note: z.infer<typeof noteSchema> = { version: 1, project, usedAt: now.toISOString() };
  await writeFileAtomically(noteFile(folder), JSON.stringify(note));
}

/** Keeps a cache from being removed by any engine, until `leaveCache` or the end of this process. */
export async function holdCache(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(ownPresence(folder), '');
}

export async function leaveCache(folder: string): Promise<void> {
  await rm(ownPresence(folder), { force: true });
}

/** All caches of a place, and nothing else that may lie there. */
export async function cachesIn(place: string): Promise<PlacedCache[]> {
  const names = await readdir(place).catch(() => []); // a disk may be pulled out
  return Promise.all(names.filter(isCacheName).map((name) => lookAt(join(place, name))));
}

async function lookAt(folder: string): Promise<PlacedCache> {
  const files = await filesOf(folder);
  const sizes = await Promise.all(files.map(sizeOf));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { folder, bytes, usedAt: await usedAtOf(folder), isOpen: await isOpenIn(folder) };
}

/** What was made of takes: without our own notes, and without what is still being made. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  // An export in the making is a whole folder of files with names of their own.
  const isMade = (path: string) =>
    path !== noteName && !presenceName.test(path) && !path.split(sep).some((part) => part.endsWith('.pending'));
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => isMade(relative(folder, path)));
}

export async function sizeOf(path: string): Promise<number> {
  const stats = await stat(path).catch(() => undefined); // it may go while one looks
  return stats?.size ?? 0;
}

/** A folder beside a cache for what is not whole (any more). */
export function unfinishedBeside(folder: string): string {
  return `${folder}.${randomUUID()}.pending`;
}

/** By one rename first: a project that is being opened meanwhile finds a whole cache or none. Answers whether it went. */
export async function removeCache(folder: string): Promise<boolean> {
  const leaving = unfinishedBeside(folder);
  try {
    await rename(folder, leaving);
  } catch {
    return false; // a folder that cannot be written keeps what it has
  }
  await rm(leaving, { recursive: true, force: true }).catch(() => {});
  return true;
}

/** Removes caches that an engine was killed over while it removed or copied them, and the place itself once it is empty. */
export async function tidyPlace(place: string): Promise<void> {
  const names = await readdir(place).catch(() => []);
  for (const name of names.filter((each) => unfinishedName.test(each))) {
    const folder = join(place, name);
    if (!(await isOpenIn(folder))) await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
  await rmdir(place).catch(() => {}); // something is in it
}

/** Files that lie somewhere else become a cache's; those that cannot be brought over by a rename go, and are made again. */
export async function takeOverFiles(from: string, cache: string): Promise<void> {
  const names = await readdir(from).catch(() => []);
  for (const name of names) await rename(join(from, name), join(cache, name)).catch(() => {});
  await rm(from, { recursive: true, force: true }).catch(() => {});
}

const noteName = 'cache.json';
const presenceName = /^open\.(\d+)(?:\.(\d+))?$/;
// In a container an engine may get the process id of the one before it: which of the two it was is told by the start.
const startedMs = Date.now();

export function noteFile(folder: string): string {
  return join(folder, noteName);
}

function ownPresence(folder: string): string {
  return join(folder, `open.${process.pid}.${startedMs}`);
}

async function isOpenIn(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  return names.some(isHeld);
}

/** Whether a name says that a process has a cache open, and there is such a process: a killed one leaves its note behind. */
function isHeld(name: string): boolean {
  const [, pid, started] = presenceName.exec(name) ?? [];
  if (pid === undefined) return false;
  return Number(pid) === process.pid ? Number(started) === startedMs : isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM'; // somebody else's
  }
}

async function usedAtOf(folder: string): Promise<string> {
  try {
    return noteSchema.parse(JSON.parse(await readFile(noteFile(folder), 'utf8'))).usedAt;
  } catch {
    return '';
  }
}

async function removeLeftNotes(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (presenceName.test(name) && !isHeld(name)) await rm(join(folder, name), { force: true });
  }
}

async function removePending(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  for (const { name, parentPath } of entries) {
    if (name.endsWith('.pending')) await rm(join(parentPath, name), { recursive: true, force: true }).catch(() => {});
  }
}
