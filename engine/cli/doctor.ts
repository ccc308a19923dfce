import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { appFolders, thisMachine } from '../host/folders.ts';
import { freeBytesIn } from '../host/list-folder.ts';
import type { Finding } from '../host/open-workshop.ts';
import { appVersion } from '../host/version.ts';
import type { Command } from './command.ts';
import { withWorkshop } from './with-workshop.ts';

export const doctor: Command = {
  name: 'doctor',
  takes: '',
  summary: 'check that everything Shotloom needs is there and works',
  options: [],
  examples: ['doctor', 'doctor --json'],
  run: () =>
    withWorkshop(async (tools) => {
      const folders = appFolders(thisMachine(homedir()));
      const findings: Finding[] = [
        { name: 'Shotloom', isWell: true, detail: appVersion },
        nodeFinding(process.version),
        ...(await tools.findings()),
        writable('settings', folders.settings),
        writable('projects', folders.projects),
        writable('packs', folders.packs),
        await room(folders.projects),
      ];
      const broken = findings.filter(({ isWell, isOptional }) => !isWell && !isOptional);
      return {
        complaints: broken.map(({ name, detail }) => `${name}: ${detail}`),
        value: { isWell: broken.length === 0, findings },
        lines: findings.map((finding) => `${markOf(finding)} ${finding.name.padEnd(10)} ${finding.detail}`),
      };
    }),
};

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
