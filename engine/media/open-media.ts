import { type FileHandle, open, stat } from 'node:fs/promises';
import { FailureError } from '../contract/failure.ts';
import type { MediaFault } from '../contract/media-faults.ts';
import { errorCode } from '../project/atomic-file.ts';

export function unreadable(path: string, reason: MediaFault, cause?: unknown): FailureError {
  return new FailureError({ code: 'media-unreadable', path, reason }, { cause });
}

/**
 * Opens a file that someone named, to read. Throws a FailureError `media-missing`, or `media-unreadable` for folders,
 * devices and pipes (which would be waited on for ever) and for what may not be opened.
 */
export async function openMedia(path: string): Promise<FileHandle> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw unreadable(path, 'it is a folder');
    if (!found.isFile()) throw unreadable(path, 'it is not a file');
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof FailureError) throw error;
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') {
      throw new FailureError({ code: 'media-missing', path }, { cause: error });
    }
    throw unreadable(path, 'it may not be opened', error);
  }
}

/** The bytes at a place in a file; fewer where it ends. */
export async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
