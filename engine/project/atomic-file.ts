import { randomUUID } from 'node:crypto';
import { open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FailureError } from '../contract/failure.ts';

/**
 * Writes a file so that at every moment its name holds the old content or the new, whole: beside it first, flushed to
 * disk, then renamed. Of several writers at once the last one to be done wins. Throws a FailureError `disk-full` or
 * `not-writable`; the old file is untouched then.
 */
export async function writeFileAtomically(path: string, content: string): Promise<void> {
  const pending = `${path}.${randomUUID()}.pending`;
  try {
    const file = await open(pending, 'w', 0o644);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameInto(pending, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await unlink(pending).catch(() => {});
    throw asFileFailure(error, path);
  }
}

/** Renames over an existing file. Virus scanners hold new files open on Windows for a moment: it tries again. */
export async function renameInto(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const isHeld = errorCode(error) === 'EPERM' || errorCode(error) === 'EBUSY' || errorCode(error) === 'EACCES';
      if (!isHeld || attempt === 8) throw error;
      await wait(20 * attempt);
    }
  }
}

/** A file system error as a failure the editor can act on, where it is one; else itself. */
export function asFileFailure(error: unknown, path: string): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new FailureError({ code: 'disk-full', path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EISDIR':
    case 'ENOTDIR':
    case 'EEXIST':
    case 'ENAMETOOLONG':
      return new FailureError({ code: 'not-writable', path }, { cause: error });
    default:
      return error;
  }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The rename itself is only on disk once its folder is. Windows cannot open folders, and needs not to. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
