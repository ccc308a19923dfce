import { homedir } from 'node:os';
import { appFolders, thisMachine } from '../host/folders.ts';
import { engineLog } from '../host/log.ts';
import { mediaGrants } from '../host/media-grants.ts';
import { type OpenWorkshop, openWorkshop } from '../host/open-workshop.ts';

/** Runs a command's work with the tools of this machine and lets go of them on every way out. */
export async function withWorkshop<T>(work: (tools: OpenWorkshop) => Promise<T>): Promise<T> {
  const folders = appFolders(thisMachine(homedir()));
  const tools = openWorkshop({ folders, grants: mediaGrants(), log: engineLog(folders.logs, logLevel()) });
  try {
    return await work(tools);
  } finally {
    await tools.close();
  }
}

export function logLevel(): string {
  return process.env.SHOTLOOM_LOG ?? 'info';
}
