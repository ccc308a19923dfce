import type { Logger } from 'pino';
import { type AppFolders, appFolders, homeFolder, thisMachine } from './folders.ts';
import { engineLog } from './log.ts';
import { type MediaGrants, mediaGrants } from './media-grants.ts';
import { type OpenWorkshop, openWorkshop } from './open-workshop.ts';
import { openSettings, type SettingsKeeper } from './settings.ts';

/** What every program of the engine begins with: its folders, its log, and the tools of this machine. */
export interface Home {
  readonly folders: AppFolders;
  readonly log: Logger;
  readonly settings: SettingsKeeper;
  readonly grants: MediaGrants;
  readonly tools: OpenWorkshop;
}

/** `SHOTLOOM_LOG` sets how much is logged: `info` unless told otherwise, `debug` for more. */
export function openHome(): Home {
  const folders = appFolders(thisMachine(homeFolder()));
  const settings = openSettings(folders.settings);
  const log = engineLog(folders.logs, process.env.SHOTLOOM_LOG ?? 'info');
  const grants = mediaGrants();
  return { folders, log, settings, grants, tools: openWorkshop({ folders, grants, log, settings }) };
}
