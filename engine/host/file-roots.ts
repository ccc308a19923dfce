import { basename } from 'node:path';
import type { Root } from './list-folder.ts';
import type { SettingsKeeper } from './settings.ts';

/** The folders that the in-app file browser may show, with all below them. */
export interface FileRoots {
  now(): readonly Root[];
  /** Whether the start of the program named them, which goes before the setting. */
  readonly areGiven: boolean;
}

/** Those given at the start, else those set, else the home folder. */
export function fileRoots(given: readonly string[], settings: Pick<SettingsKeeper, 'now'>, home: string): FileRoots {
  const paths = () => {
    const set = settings.now().fileRoots ?? [];
    return given.length > 0 ? given : set.length > 0 ? set : [home];
  };
  return { now: () => paths().map((path) => ({ name: basename(path) || path, path })), areGiven: given.length > 0 };
}
