import { dirname, resolve } from 'node:path';
import { FailureError } from '../contract/failure.ts';
import type { MediaSearch } from '../contract/relink.ts';
import type { FileReference } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import type { Library } from '../library/library.ts';
import { findFile } from '../media/file-reference.ts';
import { findByContent, type SearchLimits } from '../media/find-by-content.ts';
import type { ProjectLayout } from '../project/layout.ts';
import { isFolder } from './is-folder.ts';

/** A folder that somebody named: a disk of rushes, not the whole machine. 100,000 files took 10 to 21 s, two cores busy. */
const named: SearchLimits = { depth: 16, fileCount: 200_000 };
/** Looked through unasked, whenever footage is missed. */
const nearby: SearchLimits = { depth: 3, fileCount: 5_000 };

/**
 * Looks for the files of a project's offline footage: in a folder that was named, else near where they were, and near
 * the project and the footage that is there. Throws a FailureError `folder-missing`.
 */
export async function* findMissing(
  { takes, layout }: { readonly takes: Library; readonly layout: ProjectLayout },
  folder: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<MediaSearch, void, void> {
  const imported = footageOf(takes);
  const wanted = imported.filter(({ isOffline }) => isOffline);
  if (folder !== undefined && !(await isFolder(folder))) {
    throw new FailureError({ code: 'folder-missing', path: folder });
  }
  for (const { key, reference } of wanted) {
    const found = await findFile(reference, layout.folder);
    if (signal.aborted) return;
    if (found.kind === 'changed') yield { kind: 'replaced', takeId: key, path: found.path };
  }
  const folders = folder === undefined ? await foldersNear(imported, layout) : [folder];
  const limits = folder === undefined ? nearby : named;
  for await (const finding of findByContent(wanted, folders, limits, signal)) {
    yield finding.kind === 'found' ? { kind: 'found', takeId: finding.key, path: finding.path } : finding;
  }
}

interface Footage {
  readonly key: TakeId;
  readonly reference: FileReference;
  readonly isOffline: boolean;
}

function footageOf(takes: Library): Footage[] {
  return takes.entries().flatMap((entry) => {
    const origin = entry.kind === 'ready' || entry.kind === 'offline' ? entry.record.origin : undefined;
    if (origin?.kind !== 'imported') return [];
    return [{ key: entry.facts.id, reference: origin.file, isOffline: entry.kind === 'offline' }];
  });
}

/**
 * Files move together and seldom far: the folders they lay in and those above, then the project's. Never a whole disk,
 * so no folder without one above it.
 */
async function foldersNear(footage: readonly Footage[], { folder }: ProjectLayout): Promise<string[]> {
  const kept = footage.map(({ reference }) =>
    dirname(resolve(folder, reference.relativePath ?? reference.absolutePath)),
  );
  const asImported = footage.map(({ reference }) => dirname(resolve(reference.absolutePath)));
  const own = [...kept, ...asImported];
  const all = new Set([...own, ...own.map(dirname), folder, dirname(folder)]);
  const there = await Promise.all([...all].map(async (path) => ((await isFolder(path)) ? [path] : [])));
  return there.flat().filter((path) => dirname(path) !== path);
}
