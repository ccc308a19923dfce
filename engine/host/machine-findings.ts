import { accessSync, constants, mkdirSync } from 'node:fs';
import { freeBytesIn } from '../project/free-bytes.ts';
import type { Finding } from './finding.ts';
import type { AppFolders } from './folders.ts';
import type { OpenWorkshop } from './open-workshop.ts';
import { appVersion } from './version.ts';

/**
 * Everything that must be there and work on this machine, and whether it does. Starts a runner, and one more for each
 * device, and each pack on it, that was not tried before: minutes, where there are many.
 */
export async function machineFindings(
  tools: Pick<OpenWorkshop, 'findings'>,
  folders: AppFolders,
): Promise<readonly Finding[]> {
  return [
    { name: 'Shotloom', standing: 'well', detail: appVersion },
    nodeFinding(process.version),
    ...(await tools.findings()),
    writable('settings', folders.settings),
    writable('projects', folders.projects),
    writable('packs', folders.packs),
    writable('cache', folders.cache),
    await room(folders.projects),
  ];
}

/** Node 24.15 or newer: the range that package.json asks for. */
export function nodeFinding(version: string): Finding {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  const isWell = major === '24' && Number(minor) >= 15;
  return isWell
    ? { name: 'Node', standing: 'well', detail: version }
    : { name: 'Node', standing: 'broken', detail: `${version}, where 24.15 or newer of 24 is needed` };
}

function writable(name: string, folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return { name, standing: 'well', detail: folder };
  } catch {
    return { name, standing: 'broken', detail: `${folder} cannot be written` };
  }
}

async function room(folder: string): Promise<Finding> {
  const gigabytes = (await freeBytesIn(folder)) / 1e9;
  return { name: 'disk', standing: gigabytes > 1 ? 'well' : 'broken', detail: `${gigabytes.toFixed(1)} GB free` };
}
