import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, parse, relative } from 'node:path';
import type { Outcome } from '../contract/failure.ts';
import type { FolderEntry, FolderListing } from '../contract/system.ts';
import { freeBytesIn } from '../project/free-bytes.ts';
import { isProjectFolder } from '../project/open-project.ts';

export interface Root {
  readonly name: string;
  readonly path: string;
}

const mediaEndings =
  /\.(mp4|m4v|mov|mkv|webm|avi|mts|m2ts|3gp|wav|mp3|m4a|aac|flac|ogg|opus|aif|aiff|png|jpe?g|webp|gif|tiff?|bmp)$/i;

/**
 * One folder for the in-app file browser: folders first, then the files asked for, in the order a person reads names.
 * Links are followed before the folder is held against the roots, so none leads out of them.
 */
export async function listFolder(
  path: string,
  roots: readonly Root[],
  show: 'media' | 'projects' | 'folders',
): Promise<Outcome<FolderListing>> {
  const folder = await realpath(path).catch(() => undefined);
  if (!folder || !(await isWithin(folder, roots))) {
    return { kind: 'failed', failure: { code: 'out-of-reach', path } };
  }
  const names = await readdir(folder).catch(() => undefined);
  if (!names)
    return { kind: 'failed', failure: { code: 'media-unreadable', path, reason: 'the folder cannot be read' } };

  const entries = (await Promise.all(names.map((name) => entryOf(folder, name)))).flatMap((entry) => entry ?? []);
  const shown = entries.filter((entry) => isShown(entry, show));
  const parent = dirname(folder);
  const hasParent = parent !== folder && (await isWithin(parent, roots));
  return {
    kind: 'done',
    value: {
      path: folder,
      ...(hasParent ? { parent } : {}),
      roots: [...roots],
      entries: shown.sort(byKindAndName),
      freeBytes: await freeBytesIn(folder),
    },
  };
}

async function isWithin(folder: string, roots: readonly Root[]): Promise<boolean> {
  for (const root of roots) {
    const real = await realpath(root.path).catch(() => undefined);
    const path = real && relative(real, folder);
    if (path !== undefined && !path.startsWith('..') && !parse(path).root) return true;
  }
  return false;
}

async function entryOf(folder: string, name: string): Promise<FolderEntry | undefined> {
  if (name.startsWith('.')) return undefined;
  const path = join(folder, name);
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return undefined;
  const shared = { name, path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs };
  if (stats.isFile()) return { ...shared, kind: 'file' };
  if (!stats.isDirectory()) return undefined;
  return { ...shared, kind: (await isProjectFolder(path)) ? 'project' : 'folder' };
}

function isShown({ kind, name }: FolderEntry, show: 'media' | 'projects' | 'folders'): boolean {
  if (kind === 'folder') return true;
  if (kind === 'project') return show !== 'media';
  return show === 'media' && mediaEndings.test(name);
}

function byKindAndName(a: FolderEntry, b: FolderEntry): number {
  if ((a.kind === 'file') !== (b.kind === 'file')) return a.kind === 'file' ? 1 : -1;
  return a.name.localeCompare(b.name, undefined, { numeric: true, sensitivity: 'base' });
}
