import { accessSync, constants, mkdirSync } from 'node:fs';
import { freeBytesIn } from '../project/free-bytes.ts';
import type { AppFolders } from './folders.ts';
import type { Finding, OpenWorkshop } from './open-workshop.ts';
import { appVersion } from './version.ts';

/** Everything that must be there and work on this machine, and whether it does. Starts the runner once. */
export async function machineFindings(
  tools: Pick<OpenWorkshop, 'findings'>,
  folders: AppFolders,
): Promise<readonly Finding[]> {
  return [
    { name: 'Shotloom', isWell: true, detail: appVersion },
    nodeFinding(process.version),
    ...(await tools.findings()),
    writable('settings', folders.settings),
    writable('projects', folders.projects),
    writable('packs', folders.packs),
    writable('cache', folders.cache),
    await room(folders.projects),
  ];
}

/** Findings as lines for the eye. */
export function findingLines(findings: readonly Finding[]): string[] {
  return findings.map((finding) => `${markOf(finding)} ${finding.name.padEnd(10)} ${finding.detail}`);
}

function markOf({ isWell, isOptional }: Finding): string {
  if (isWell) return '✓';
  return isOptional ? '–' : '✗';
}

/** Node 24.15 or newer: the range that package.json asks for. */
export function nodeFinding(version: string): Finding {
  const [, major, minor] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  const isWell = major === '24' && Number(minor) >= 15;
  return { name: 'Node', isWell, detail: isWell ? version : `${version}, where 24.15 or newer of 24 is needed` };
}

function writable(name: string, folder: string): Finding {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return { name, isWell: true, detail: folder };
  } catch {
    return { name, isWell: false, detail: `${folder} cannot be written` };
  }
}

async function room(folder: string): Promise<Finding> {
  const gigabytes = (await freeBytesIn(folder)) / 1e9;
  return { name: 'disk', isWell: gigabytes > 1, detail: `${gigabytes.toFixed(1)} GB free` };
}
