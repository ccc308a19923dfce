import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentProject } from '../contract/project.ts';
import { writeFileAtomically } from '../project/atomic-file.ts';
import { isProjectFolder } from '../project/open-project.ts';

const recentsSchema = z.array(z.object({ folder: z.string(), name: z.string(), openedAt: z.iso.datetime() }));
const keptRecents = 20;

/** The projects opened last, newest first; those whose folder is gone are marked. A damaged list is an empty one. */
export async function readRecents(settingsFolder: string): Promise<RecentProject[]> {
  const recents = await readList(settingsFolder);
  return Promise.all(recents.map(async (each) => ({ ...each, isMissing: !(await isProjectFolder(each.folder)) })));
}

export async function rememberRecent(
  settingsFolder: string,
  folder: string,
  name: string,
  openedAt: string,
): Promise<void> {
  const others = (await readList(settingsFolder)).filter((each) => each.folder !== folder);
  const list = [{ folder, name, openedAt }, ...others].slice(0, keptRecents);
  await writeFileAtomically(join(settingsFolder, 'recents.json'), `${JSON.stringify(list, undefined, 1)}\n`);
}

async function readList(settingsFolder: string): Promise<z.infer<typeof recentsSchema>> {
  try {
    return recentsSchema.parse(JSON.parse(await readFile(join(settingsFolder, 'recents.json'), 'utf8')));
  } catch {
    return [];
  }
}
