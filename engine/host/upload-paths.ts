import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asFileFailure } from '../project/atomic-file.ts';
import { fileNameFrom, freeName } from '../project/file-names.ts';

/**
 * Hands out paths in a project's media folder for files that are about to arrive, each path once, however many arrive
 * under one name at the same time; the first to ask gets the name itself. Of a name that looks like a path only the
 * last part counts. Throws a FailureError when the folder cannot be made.
 */
export function uploadPaths(folder: string): (name: string) => Promise<string> {
  const given = new Set<string>();
  const pathFor = async (name: string): Promise<string> => {
    try {
      await mkdir(folder, { recursive: true });
      const present = await readdir(folder);
      const last = name.split(/[\\/]/).at(-1) ?? '';
      const free = freeName(fileNameFrom(last, 'media'), new Set([...present, ...given]));
      given.add(free);
      return join(folder, free);
    } catch (error) {
      throw asFileFailure(error, folder);
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  return (name) => {
    const path = last.then(() => pathFor(name));
    last = path.catch(() => {});
    return path;
  };
}
