import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test';
import { Editor } from './editor.ts';
import { electronProgram } from './electron-here.ts';
import type { Program, ProgramOptions } from './program.ts';

const entry = join(import.meta.dirname, '../../dist/desktop/main.mjs');

export interface ElectronProgram extends Program {
  readonly editor: DesktopEditor;
  /** The shell's main process, as Playwright holds it. */
  shell(): ElectronApplication;
}

/** Starts the desktop shell, and waits for its first window. */
export async function openInElectron({ home, watch }: ProgramOptions): Promise<ElectronProgram> {
  let shell = await launch(home);
  const editor = new DesktopEditor(await shell.firstWindow(), home, () => shell);
  await watchFromTheStart(editor.page, watch);
  let isEnded = false;
  const start = async () => {
    shell = await launch(home);
    isEnded = false;
    editor.page = await shell.firstWindow();
    await watchFromTheStart(editor.page, watch);
  };
  return {
    editor,
    shell: () => shell,
    pid: () => shell.process().pid ?? 0,
    end: async () => {
      if (!isEnded) await shell.close(); // as Quit does
      isEnded = true;
    },
    start,
    reopen: start,
  };
}

/** The window was there before anybody could watch it: it is loaded again. */
async function watchFromTheStart(page: Page, watch: ProgramOptions['watch']): Promise<void> {
  await watch(page);
  await page.reload();
}

function launch(home: string): Promise<ElectronApplication> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const inherited = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return electron.launch({
    executablePath: electronProgram,
    args: [entry],
    env: { ...Object.fromEntries(inherited), SHOTLOOM_HOME: home, SHOTLOOM_NODE: process.execPath },
  });
}

/** The same person at the desktop window, where files are chosen in the system's dialogs. */
export class DesktopEditor extends Editor {
  private readonly home: string;
  private readonly shell: () => ElectronApplication;

  constructor(page: Page, home: string, shell: () => ElectronApplication) {
    super(page);
    this.home = home;
    this.shell = shell;
  }

  override async import(...names: readonly string[]): Promise<void> {
    const paths = names.map((name) => join(this.home, 'Rushes', name));
    await this.shell().evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths });
    }, paths);
    await this.at('edit.bin.import').click();
    for (const name of names) await expect(this.take(name)).toBeVisible();
  }

  override async savedBy(click: () => Promise<void>): Promise<Buffer> {
    const path = join(this.home, 'saved by the page');
    const state = await this.shell().evaluateHandle(({ session }, to) => {
      const ended = { as: 'not yet' };
      session.defaultSession.once('will-download', (_event, item) => {
        item.setSavePath(to); // as the person would in the system's dialog
        item.once('done', (_done, how) => Object.assign(ended, { as: how }));
      });
      return ended;
    }, path);
    await click();
    await expect.poll(() => state.jsonValue()).toEqual({ as: 'completed' });
    return readFileSync(path);
  }

  override async chooseExportFile(name: string): Promise<void> {
    const path = join(this.home, `${name}.mp4`);
    await this.shell().evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, path);
    await this.at('export.choose').click();
  }
}
