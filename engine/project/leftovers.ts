import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from './atomic-file.ts';
import type { ProjectLayout } from './layout.ts';

// A process that is killed leaves what it was writing beside the final name, as `*.pending`. Takes and notes lie in the
// project's folder; an export's film lies wherever the editor wanted it, so those places are written down while it runs.
// What was being made in the project's cache is swept there, by whoever takes the cache up.

/** Removes what a killed engine left half-written. Only for whoever holds the project: nothing is in the making then. */
export async function sweepLeftovers(layout: ProjectLayout): Promise<void> {
  for (const folder of [layout.takes, layout.media]) await sweepPending(folder, true);
  await sweepPending(layout.folder, false);
  for (const path of await readExporting(layout)) await sweepBeside(path);
  await rm(exportingFile(layout), { force: true });
}

/** Runs an export with its path written down meanwhile. */
export async function noteExport<T>(layout: ProjectLayout, path: string, work: () => Promise<T>): Promise<T> {
  await changeExporting(layout, (paths) => [...paths, path]);
  try {
    return await work();
  } finally {
    await changeExporting(layout, (paths) => paths.toSpliced(paths.indexOf(path), 1));
  }
}

function exportingFile(layout: ProjectLayout): string {
  return join(layout.folder, 'exporting.json');
}

// Two exports of one project may begin and end at the same time: changes to the list take turns.
let turn: Promise<unknown> = Promise.resolve();

function changeExporting(
  layout: ProjectLayout,
  change: (paths: readonly string[]) => readonly string[],
): Promise<void> {
  const changed = turn.then(async () => {
    const paths = change(await readExporting(layout));
    if (paths.length === 0) await rm(exportingFile(layout), { force: true });
    else await writeFileAtomically(exportingFile(layout), JSON.stringify(paths));
  });
  turn = changed.catch(() => {});
  return changed;
}

async function readExporting(layout: ProjectLayout): Promise<readonly string[]> {
  try {
    return z.array(z.string()).parse(JSON.parse(await readFile(exportingFile(layout), 'utf8')));
  } catch {
    return [];
  }
}

async function sweepBeside(path: string): Promise<void> {
  const folder = dirname(path);
  const isOurs = (name: string) => name.startsWith(`${basename(path)}.`) && name.endsWith('.pending');
  for (const name of await namesIn(folder)) if (isOurs(name)) await rm(join(folder, name), { force: true });
}

async function sweepPending(folder: string, isDeep: boolean): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: isDeep }).catch(() => []);
  for (const { name, parentPath } of entries) {
    if (name.endsWith('.pending')) await rm(join(parentPath, name), { recursive: true, force: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
