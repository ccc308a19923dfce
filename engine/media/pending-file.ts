import { randomBytes } from 'node:crypto';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asFileFailure, renameInto, syncFolder } from '../project/atomic-file.ts';

/** A file in the making. It lies beside its final name as `*.pending`, which is swept when a crash leaves it behind. */
export interface PendingFile {
  /** Where to write meanwhile. The ending is no hint of the kind of file: tell ffmpeg the format. */
  readonly path: string;
  /** Gives the file its final name, whole and on disk. */
  commit(finalPath?: string): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Begins a file that gets its name only when it is whole. Makes its folder. Two makers of the same file do not meet:
 * each has a name of its own, and the last to finish replaces what is equal anyway.
 * Throws a FailureError `disk-full` or `not-writable`.
 */
export async function beginFile(path: string): Promise<PendingFile> {
  const pending = `${path}.${randomBytes(4).toString('hex')}.pending`;
  await asFailures(path, () => mkdir(dirname(path), { recursive: true }));
  return {
    path: pending,
    commit: (finalPath = path) =>
      asFailures(finalPath, async () => {
        const file = await open(pending, 'r+');
        try {
          await file.sync();
        } finally {
          await file.close();
        }
        await mkdir(dirname(finalPath), { recursive: true });
        await renameInto(pending, finalPath);
        await syncFolder(dirname(finalPath));
      }),
    discard: () => rm(pending, { force: true }),
  };
}

/** Makes a file in one go: whatever goes wrong in `make`, nothing is left behind. */
export async function makeFile(path: string, make: (pendingPath: string) => Promise<void>): Promise<void> {
  const pending = await beginFile(path);
  try {
    await asFailures(path, () => make(pending.path));
    await pending.commit();
  } catch (error) {
    await pending.discard();
    throw error;
  }
}

export function makeBytesFile(path: string, bytes: Uint8Array): Promise<void> {
  return makeFile(path, (pending) => writeFile(pending, bytes));
}

export function makeTextFile(path: string, text: string): Promise<void> {
  return makeFile(path, (pending) => writeFile(pending, text));
}

async function asFailures<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asFileFailure(error, path);
  }
}
