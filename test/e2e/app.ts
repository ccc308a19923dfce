import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { Film } from '../../engine/document/film.ts';
import { readFilmFile } from '../../engine/project/film-file.ts';
import { descendantsOf, killDescendants, signalDescendants, untilGone } from '../processes.ts';
import type { Editor } from './editor.ts';
import { openInElectron } from './electron-app.ts';
import { whyNoElectron } from './electron-here.ts';
import { makeRushes } from './rushes.ts';
import { openInBrowser } from './web-app.ts';

/** A running Shotloom with a home of its own: footage in `Rushes`, and the tiny pack among its packs. */
export interface RunningApp {
  /** The editor at the window. */
  readonly editor: Editor;
  /** Where projects, settings and logs of this run lie. Its name has a space, Chinese and a quote in it. */
  readonly home: string;
  /** Ends it as a person does: the engine folds its projects. */
  close(): Promise<void>;
  /** Starts it again; nobody touches the window. */
  restart(): Promise<void>;
  /** Starts it again, with a window that is in. */
  reopen(): Promise<void>;
  /** kill −9 of a process by what it runs. Returns how many were killed. */
  kill(program: 'engine.mjs' | 'runner.mjs'): number;
  /** Stops the runner where it is, without its knowing; the answer lets it go on. */
  holdRunner(): () => void;
  /** The one project of this home as it lies folded on disk. */
  filmOnDisk(): Promise<Film>;
  /** What the page did against its policy, and errors nobody caught, so far; what is not taken fails the test. */
  takeFaults(): readonly string[];
}

/** What the window is in; each Playwright project says its own. */
export interface HostOption {
  readonly host: 'browser' | 'electron';
}

interface Fixtures extends HostOption {
  /** Skips what is to run under Electron where that cannot. */
  readonly canRun: undefined;
  /** A home of its own, with footage in `Rushes` and the tiny pack among its packs. */
  readonly home: string;
  readonly app: RunningApp;
}

export const test = base.extend<Fixtures, { rushes: string }>({
  host: ['browser', { option: true }],
  canRun: [
    async ({ host }, use, info) => {
      info.skip(host === 'electron' && whyNoElectron !== undefined, whyNoElectron);
      await use(undefined);
    },
    { auto: true },
  ],
  rushes: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first argument
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'shotloom rushes '));
      makeRushes(folder);
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  home: async ({ rushes }, use) => {
    const parent = mkdtempSync(join(tmpdir(), "shotloom 影 'e' "));
    const home = join(parent, 'home');
    mkdirSync(join(home, 'packs'), { recursive: true });
    cpSync(tinyPack, join(home, 'packs', 'tiny-loom'), { recursive: true });
    cpSync(rushes, join(home, 'Rushes'), { recursive: true });
    await use(home);
    rmSync(parent, { recursive: true, force: true });
  },
  // Under Electron the browser's page stays empty.
  app: async ({ page, home, host }, use) => {
    const faults: string[] = [];
    const options = { home, watch: (each: Page) => watchFaults(each, faults) };
    const program = host === 'electron' ? await openInElectron(options) : await openInBrowser(page, options);
    try {
      await use({
        editor: program.editor,
        home,
        close: program.end,
        restart: program.start,
        reopen: program.reopen,
        kill: (name) => killDescendants(program.pid(), name),
        holdRunner: () => {
          const pid = program.pid();
          signalDescendants(pid, 'runner.mjs', 'SIGSTOP');
          return () => void signalDescendants(pid, 'runner.mjs', 'SIGCONT');
        },
        filmOnDisk: () => onlyFilmIn(join(home, 'projects')),
        takeFaults: () => faults.splice(0),
      });
    } finally {
      const below = descendantsOf(program.pid());
      await program.end();
      // They end by themselves once it is gone; what they were writing must not be swept under them.
      await Promise.all(below.map(untilGone));
    }
    expect(faults, 'what the page reported against its security policy, and errors nobody caught').toEqual([]);
  },
});
export { expect };

const tinyPack = join(import.meta.dirname, '../fixtures/packs/tiny-loom');

async function onlyFilmIn(projects: string): Promise<Film> {
  const [folder, ...others] = readdirSync(projects);
  if (!folder || others.length > 0) throw new Error(`there should be one project in ${projects}`);
  return (await readFilmFile(join(projects, folder, 'film.json'))).film;
}

/** Collects errors that nobody caught, and whatever the page or a worker of it did against its policy. */
async function watchFaults(page: Page, faults: string[]): Promise<void> {
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      console.error(`content security policy: ${effectiveDirective} kept out ${blockedURI} of ${sourceFile}`);
    });
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
}
