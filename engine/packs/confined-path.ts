import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/**
 * Whether a path of a manifest can only lie below the manifest's folder, on every system: relative, with `/`,
 * no `.` or `..`, no drive letter, nothing that Windows would read as another name.
 */
export function isConfinedPath(path: string): boolean {
  const isPlain = (segment: string) => /^[^\\:*?"<>|\p{Cc}]+$/u.test(segment) && !/[. ]$/.test(segment);
  return path.length <= 200 && path.split('/').every(isPlain);
}

/**
 * The real place of a file of a folder. Throws an Error when a link on the way leads anywhere else: what was
 * verified would not be what is loaded.
 */
export async function confinedFile(folder: string, path: string): Promise<string> {
  const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
  if (relative(realFolder, realFile).split(sep).join('/') !== path) throw new Error('is a link');
  return realFile;
}
