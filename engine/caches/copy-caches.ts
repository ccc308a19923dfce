import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, link, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../contract/failure.ts';
import type { CacheMoveProgress } from '../contract/settings.ts';
import { asFileFailure, errorCode, renameInto } from '../project/atomic-file.ts';
import { isOnOneDisk } from '../project/disk-of.ts';
import { freeBytesIn } from '../project/free-bytes.ts';
import {
  cachesIn,
  filesOf,
  holdCache,
  leaveCache,
  noteFile,
  type PlacedCache,
  removeCache,
  unfinishedBeside,
} from './cache-place.ts';

export interface CacheCopy {
  readonly from: string;
  readonly to: string;
  readonly onProgress: (progress: CacheMoveProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Copies all caches of one place to another, where each has its name once it is whole. Answers where they lie, held
 * until they are let go of. Throws a FailureError `disk-full` or `not-writable`, or the signal's reason; nothing of the
 * copy is left at the new place then, and the old one is untouched in any case.
 */
export async function copyCaches({ from, to, onProgress, signal }: CacheCopy): Promise<readonly string[]> {
  const copied: string[] = [];
  try {
    await mkdir(to, { recursive: true });
    const caches = await cachesIn(from);
    const totalBytes = caches.reduce((sum, { bytes }) => sum + bytes, 0);
    if (!(await isOnOneDisk(from, to)) && (await freeBytesIn(to)) < totalBytes) {
      throw new FailureError({ code: 'disk-full', path: to, neededBytes: totalBytes });
    }
    let movedBytes = 0;
    onProgress({ movedBytes, totalBytes });
    for (const cache of caches) {
      copied.push(
        await copyCache(cache, to, signal, (bytes) => {
          movedBytes += bytes;
          onProgress({ movedBytes: Math.min(movedBytes, totalBytes), totalBytes });
        }),
      );
    }
    return copied;
  } catch (error) {
    for (const folder of copied) await removeCache(folder);
    signal.throwIfAborted();
    throw asFileFailure(error, to);
  }
}

/** Copies one cache. Answers where it lies now. */
async function copyCache(
  cache: PlacedCache,
  place: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<string> {
  const target = join(place, basename(cache.folder));
  const unfinished = unfinishedBeside(target);
  try {
    await holdCache(unfinished);
    for (const file of await filesOf(cache.folder)) {
      signal.throwIfAborted();
      const copy = join(unfinished, relative(cache.folder, file));
      await mkdir(dirname(copy), { recursive: true });
      await unlessGone(() => copyOne(file, copy, signal, onBytes));
    }
    await unlessGone(() => copyFile(noteFile(cache.folder), noteFile(unfinished)));
    await removeCache(target); // from when caches lay here before
    await renameInto(unfinished, target);
    return target;
  } catch (error) {
    await leaveCache(unfinished);
    await removeCache(unfinished);
    throw error;
  }
}

/** What is in a cache is never changed, only replaced: on one disk both places can share it. */
async function copyOne(from: string, to: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<void> {
  try {
    await link(from, to);
    onBytes((await stat(to)).size);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw error;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        onBytes(chunk.length);
        done(undefined, chunk);
      },
    });
    await pipeline(createReadStream(from), counted, createWriteStream(to, { flush: true }), { signal });
  }
}

/** A file that went while its folder was copied was replaced, or removed with its cache: it is made again. */
async function unlessGone(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}
