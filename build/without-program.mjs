import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/**
 * A PATH that finds every program as `path` does, but this one: each folder that has it is replaced by one of links,
 * under `folder`, to all else it has. Windows, where links take a privilege, gets its own PATH back.
 */
export function pathWithout(program, path, folder) {
  if (process.platform === 'win32') return path;
  rmSync(folder, { recursive: true, force: true });
  return path
    .split(delimiter)
    .map((place, index) => (hasFile(place, program) ? linksWithout(program, place, join(folder, `${index}`)) : place))
    .join(delimiter);
}

function hasFile(place, name) {
  return statSync(resolve(place, name), { throwIfNoEntry: false }) !== undefined;
}

function linksWithout(program, place, folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(place)) if (name !== program) symlinkSync(resolve(place, name), join(folder, name));
  return folder;
}
