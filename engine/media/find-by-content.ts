import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileReference } from '../contract/take.ts';
import { sampleFile } from './file-reference.ts';

/** A file to be found again, whatever it is called now. */
export interface WantedFile<Key> {
  readonly key: Key;
  readonly reference: Pick<FileReference, 'sizeBytes' | 'sampleHash'>;
}

/** How far a search goes before it gives up: a whole disk is never gone through by mistake. */
export interface SearchLimits {
  /** Folders below the one that was named: 0 looks into that one alone. */
  readonly depth: number;
  readonly fileCount: number;
}

export type Finding<Key> =
  /** Files looked at so far, told now and then. */
  | { readonly kind: 'looking'; readonly fileCount: number }
  | { readonly kind: 'found'; readonly key: Key; readonly path: string }
  /** `isCutShort`: there was more to look at than the limits allow. */
  | { readonly kind: 'ended'; readonly fileCount: number; readonly isCutShort: boolean };

const tellEveryMs = 100;

/**
 * Looks for files by their content, the nearest folders first. Only what has the size of a wanted file is opened, so
 * that a search costs a stat a file. Hidden folders are passed over and links not followed: none leads round in a ring.
 * Ends as soon as everything is found, and without a word when the signal says so; what cannot be read is passed over.
 */
export async function* findByContent<Key>(
  wanted: readonly WantedFile<Key>[],
  folders: readonly string[],
  limits: SearchLimits,
  signal: AbortSignal,
): AsyncGenerator<Finding<Key>, void, void> {
  const missing = new Set(wanted);
  let fileCount = 0;
  let isCutShort = false;
  let toldAtMs = performance.now();
  for await (const path of filesBelow(folders, limits.depth)) {
    if (signal.aborted) return;
    if (missing.size === 0) break;
    isCutShort = path === deeper || fileCount === limits.fileCount;
    if (isCutShort) break;
    fileCount += 1;
    for (const found of await matching(path, missing)) {
      missing.delete(found);
      yield { kind: 'found', key: found.key, path };
    }
    if (performance.now() - toldAtMs < tellEveryMs) continue;
    toldAtMs = performance.now();
    yield { kind: 'looking', fileCount };
  }
  if (!signal.aborted) yield { kind: 'ended', fileCount, isCutShort };
}

/** Comes after the last file where folders lie deeper than was looked. */
const deeper = '';

/** Every file in the folders, then in those below them, level by level. */
async function* filesBelow(folders: readonly string[], depth: number): AsyncGenerator<string, void, void> {
  let level = new Set(folders);
  const visited = new Set<string>();
  for (let levelsLeft = depth; level.size > 0; levelsLeft -= 1) {
    const below = new Set<string>();
    for (const folder of level) {
      visited.add(folder);
      for await (const entry of entriesOf(folder)) {
        const path = join(folder, entry.name);
        if (entry.isFile()) yield path;
        else if (entry.isDirectory() && !entry.name.startsWith('.') && !visited.has(path)) below.add(path);
      }
    }
    level = below;
    if (levelsLeft === 0 && below.size > 0) return yield deeper;
  }
}

/** The entries of a folder; none of one that cannot be read, or that goes while it is read. */
async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder);
  } catch {}
}

async function matching<Key>(path: string, missing: ReadonlySet<WantedFile<Key>>): Promise<WantedFile<Key>[]> {
  try {
    const { size } = await stat(path);
    const alike = [...missing].filter(({ reference }) => reference.sizeBytes === size);
    if (alike.length === 0) return [];
    const { sampleHash } = await sampleFile(path);
    return alike.filter(({ reference }) => reference.sampleHash === sampleHash);
  } catch {
    return [];
  }
}
