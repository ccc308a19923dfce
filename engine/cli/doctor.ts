import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { appFolders, thisMachine } from '../host/folders.ts';
import { freeBytesIn } from '../host/list-folder.ts';
import { engineLog } from '../host/log.ts';
import { mediaGrants } from '../host/media-grants.ts';
import { openWorkshop } from '../host/open-workshop.ts';
import { appVersion } from '../host/version.ts';
import type { Command } from './command.ts';

interface Finding {
  readonly name: string;
  readonly isWell: boolean;
  readonly detail: string;
}

export const doctor: Command = {
  name: 'doctor',
  takes: '',
  summary: 'check that everything Shotloom needs is there and works',
  options: [],
  examples: ['doctor', 'doctor --json'],
  run: async () => {
    const folders = appFolders(thisMachine(homedir()));
    const tools = openWorkshop({ folders, grants: mediaGrants(), log: engineLog(folders.logs, 'info') });
    try {
      const findings: Finding[] = [
        { name: 'Shotloom', isWell: true, detail: appVersion },
        { name: 'Node', isWell: /^v24\./.test(process.version), detail: process.version },
        ...(await tools.findings()),
        writable('settings', folders.settings),
        writable('projects', folders.projects),
        await room(folders.projects),
      ];
      return {
        value: { isWell: findings.every((finding) => finding.isWell), findings },
        lines: findings.map(({ name, isWell, detail }) => `${isWell ? '✓' : '✗'} ${name.padEnd(10)} ${detail}`),
      };
    } finally {
      await tools.close();
    }
  },
};

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
