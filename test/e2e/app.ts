import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, expect, type Page } from '@playwright/test';
import type { Film } from '../../engine/document/film.ts';
import { readFilmFile } from '../../engine/project/film-file.ts';
import { descendantsOf, killDescendants, signalDescendants } from '../processes.ts';
import { Editor } from './editor.ts';
import { makeRushes } from './rushes.ts';

/** A running Shotloom with a home of its own: footage in `Rushes`, and the tiny pack among its packs. */
export interface RunningApp {
  /** The editor at the window. */
  readonly editor: Editor;
  /** Where projects, settings and logs of this run lie. Its name has a space, Chinese and a quote in it. */
  readonly home: string;
  /** Ends the host as Ctrl+C does: the engine folds its projects. */
  close(): Promise<void>;
  /** Starts it again; nobody touches the window. */
  restart(): Promise<void>;
  /** Starts it again; the window is signed in to the new one. */
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

export const test = base.extend<{ app: RunningApp }, { rushes: string }>({
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
  app: async ({ page, rushes }, use) => {
    const parent = mkdtempSync(join(tmpdir(), "shotloom 影 'e' "));
    const home = join(parent, 'home');
    mkdirSync(join(home, 'packs'), { recursive: true });
    cpSync(tinyPack, join(home, 'packs', 'tiny-loom'), { recursive: true });
    cpSync(rushes, join(home, 'Rushes'), { recursive: true });
    const faults = await watchFaults(page);
    let host = await startHost(home);
    await page.goto(host.link);
    try {
      await use({
        editor: new Editor(page),
        home,
        close: () => stopHost(host.process),
        restart: async () => {
          host = await startHost(home);
        },
        reopen: async () => {
          host = await startHost(home);
          await page.goto(host.link);
        },
        kill: (program) => killDescendants(host.process.pid ?? 0, program),
        holdRunner: () => {
          const pid = host.process.pid ?? 0;
          signalDescendants(pid, 'runner.mjs', 'SIGSTOP');
          return () => void signalDescendants(pid, 'runner.mjs', 'SIGCONT');
        },
        filmOnDisk: () => onlyFilmIn(join(home, 'projects')),
        takeFaults: () => faults.splice(0),
      });
    } finally {
      const below = descendantsOf(host.process.pid ?? 0);
      await stopHost(host.process);
      await Promise.all(below.map(untilGone));
      rmSync(parent, { recursive: true, force: true });
    }
    expect(faults, 'what the page reported against its security policy, and errors nobody caught').toEqual([]);
  },
});
export { expect };

const tinyPack = join(import.meta.dirname, '../fixtures/packs/tiny-loom');

interface Host {
  readonly process: ChildProcess;
  readonly link: string;
}

function startHost(home: string): Promise<Host> {
  const entry = join(import.meta.dirname, '../../dist/node/web.mjs');
  const child = spawn(process.execPath, [entry, '--root', home], {
    env: { ...process.env, SHOTLOOM_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const link = /^Shotloom is at (http\S+)$/.exec(line)?.[1];
      if (link) resolve({ process: child, link });
    });
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
  });
}

function stopHost(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  return ended;
}

/** The processes below a host end by themselves once it is gone; what they were writing must not be swept under them. */
async function untilGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function onlyFilmIn(projects: string): Promise<Film> {
  const [folder, ...others] = readdirSync(projects);
  if (!folder || others.length > 0) throw new Error(`there should be one project in ${projects}`);
  return (await readFilmFile(join(projects, folder, 'film.json'))).film;
}

/** Collects errors that nobody caught, and whatever the page or a worker of it did against its policy. */
async function watchFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) => {
      console.error(`content security policy: ${effectiveDirective} kept out ${blockedURI} of ${sourceFile}`);
    });
  });
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}
