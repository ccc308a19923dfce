import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bridgeName, type DesktopBridge } from '../../engine/contract/desktop-bridge.ts';
import { startDesktop } from '../main/desktop.ts';
import { exposeBridge } from '../preload/expose-bridge.ts';
import { app, desktop, settled } from './electron.ts';
import type { StandInPage, StandInWindow } from './electron-window.ts';

export interface RunOptions {
  readonly platform?: NodeJS.Platform;
  readonly project?: string;
  /** The engine's program; without one, an engine that says it is ready and nothing else. */
  readonly engineEntry?: string;
  /** What an earlier start wrote down of where its window lay. */
  readonly lastPlace?: string;
}

/** Starts the whole shell over the stand-in, up to its first window. Once a test file: a process is one app. */
export async function runDesktop({ platform = 'linux', project, engineEntry, lastPlace }: RunOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), "shotloom 桌 'd' "));
  const places = {
    node: process.execPath,
    engineEntry: engineEntry ?? quietEngine(folder),
    windowFolder: folder,
    preload: join(folder, 'preload.cjs'),
  };
  const dataFolder = join(folder, 'data');
  if (lastPlace) {
    mkdirSync(dataFolder);
    writeFileSync(join(dataFolder, 'place.json'), lastPlace);
  }
  const shell = startDesktop({ places, platform, dataFolder, project });
  const beforeReady = { isSandboxed: desktop.isSandboxed, schemes: desktop.schemes, menu: desktop.menu };
  await desktop.becomeReady();
  /** Quits without asking any page, and waits until the engine has ended. */
  const end = async () => {
    for (const window of desktop.windows()) window.destroy();
    app.quit();
    while (!desktop.hasQuit) await settled();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, dataFolder, shell, beforeReady, end };
}

/** What the page of a window sees once its preload script has run. */
export function pageOf(window: StandInWindow | undefined): StandInPage & { readonly bridge: DesktopBridge } {
  if (!window) throw new Error('there is no window');
  const { page } = window.webContents;
  if (!(bridgeName in page.world)) exposeBridge(page, page.window);
  return Object.assign(page, { bridge: page.world[bridgeName] as DesktopBridge }); // the preload script made it
}

function quietEngine(folder: string): string {
  const entry = join(folder, 'engine.mjs');
  const lines = [
    "const address = { path: '/nowhere', tokenFile: '/nowhere' };",
    "console.log('engine ready ' + JSON.stringify({ address, settingsFolder: '/nowhere' }));",
    "process.stdin.resume().on('end', () => process.exit());",
  ];
  writeFileSync(entry, lines.join('\n'));
  return entry;
}
