import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import nodePath from 'node:path';
import type { FileReference } from '../contract/take.ts';
import { bytesAt, openMedia } from './open-media.ts';

type PathRules = Pick<typeof nodePath, 'resolve' | 'relative' | 'isAbsolute' | 'sep'>;

const sampleBytes = 64 * 1024;

/**
 * What is remembered of an imported file. The path from the project's folder is kept only where there is one: not to
 * another Windows drive. Throws a FailureError `media-missing` or `media-unreadable`.
 */
export async function referenceTo(path: string, projectFolder: string): Promise<FileReference> {
  const absolutePath = nodePath.resolve(path);
  const { sizeBytes, modifiedMs, sampleHash } = await sampleFile(absolutePath);
  const relative = relativePath(projectFolder, absolutePath);
  return {
    ...(relative === undefined ? {} : { relativePath: relative }),
    ...{ absolutePath: slashed(absolutePath, nodePath), sizeBytes, modifiedMs, sampleHash },
  };
}

/** Where a referenced file is now. `changed`: something else lies there under its name. */
export type FoundFile =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'changed'; readonly path: string }
  | { readonly kind: 'missing' };

/**
 * Looks for a file where the project says it is, then where it was when it was imported. Size and time of change that
 * agree are enough; where they do not, its sample decides, so that a copied or touched file is still the file.
 */
export async function findFile(reference: FileReference, projectFolder: string): Promise<FoundFile> {
  let changed: FoundFile | undefined;
  for (const place of placesOf(reference, projectFolder)) {
    const path = await asNamedOnDisk(place);
    const state = await compare(path, reference);
    if (state === 'same') return { kind: 'found', path };
    if (state === 'other') changed ??= { kind: 'changed', path };
  }
  return changed ?? { kind: 'missing' };
}

/** The paths to try, in order. */
export function placesOf(
  reference: Pick<FileReference, 'relativePath' | 'absolutePath'>,
  projectFolder: string,
  rules: PathRules = nodePath,
): string[] {
  const { relativePath: relative, absolutePath } = reference;
  const inProject = relative === undefined ? [] : [rules.resolve(projectFolder, relative)];
  // A path from another system is no place on this one: `C:/clips` would be a folder called C: below the project.
  const asImported = rules.isAbsolute(absolutePath) ? [rules.resolve(absolutePath)] : [];
  return [...new Set([...inProject, ...asImported])];
}

/** The path from the project's folder, with `/`; undefined where there is none. */
export function relativePath(projectFolder: string, path: string, rules: PathRules = nodePath): string | undefined {
  const relative = rules.relative(projectFolder, path);
  return relative === '' || rules.isAbsolute(relative) ? undefined : slashed(relative, rules);
}

/** SHA-256 over the first and last 64 KiB and the size: knows a moved file again without reading a long film whole. */
export async function sampleFile(path: string): Promise<Omit<FileReference, 'relativePath' | 'absolutePath'>> {
  const file = await openMedia(path);
  try {
    const { size, mtimeMs } = await file.stat();
    const hash = createHash('sha256');
    hash.update(await bytesAt(file, 0, Math.min(sampleBytes, size)));
    hash.update(await bytesAt(file, Math.max(0, size - sampleBytes), Math.min(sampleBytes, size)));
    hash.update(String(size));
    return { sizeBytes: size, modifiedMs: mtimeMs, sampleHash: hash.digest('hex') };
  } finally {
    await file.close();
  }
}

// The same name has two spellings, é in one character or two, and a disk or an archive may turn one into the other:
// where nothing lies under the name as written, folder by folder the entry of the same NFC form is taken.
async function asNamedOnDisk(path: string): Promise<string> {
  if (!hasTwoForms(path) || (await exists(path))) return path;
  const parent = await asNamedOnDisk(nodePath.dirname(path));
  const name = nodePath.basename(path).normalize('NFC');
  const names = await readdir(parent).catch(() => []);
  return nodePath.join(parent, names.find((entry) => entry.normalize('NFC') === name) ?? nodePath.basename(path));
}

function hasTwoForms(path: string): boolean {
  return path.normalize('NFC') !== path.normalize('NFD');
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function compare(path: string, reference: FileReference): Promise<'same' | 'other' | 'none'> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return 'none';
    if (found.size !== reference.sizeBytes) return 'other';
    if (Math.abs(found.mtimeMs - reference.modifiedMs) < 1) return 'same';
    return (await sampleFile(path)).sampleHash === reference.sampleHash ? 'same' : 'other';
  } catch {
    return 'none';
  }
}

function slashed(path: string, rules: Pick<PathRules, 'sep'>): string {
  return rules.sep === '\\' ? path.replaceAll('\\', '/') : path;
}
