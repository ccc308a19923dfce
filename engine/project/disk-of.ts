import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface Disk {
  /** The operating system's number of it. */
  readonly device: number;
  /** What this user may still write. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** The disk that a folder lies on; one that is not there yet lies where its parent does. */
export async function diskOf(folder: string): Promise<Disk> {
  const there = await nearestFolder(folder);
  const [{ dev: device }, { bavail, blocks, bsize }] = await Promise.all([stat(there), statfs(there)]);
  return { device, freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

export async function isOnOneDisk(folder: string, other: string): Promise<boolean> {
  const [one, two] = await Promise.all([diskOf(folder), diskOf(other)]);
  return one.device === two.device;
}

async function nearestFolder(path: string): Promise<string> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestFolder(dirname(path));
}
