import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, type Page } from '@playwright/test';
import { killDescendants } from '../processes.ts';

/** A running Shotloom with a home of its own. The folder's name has a space, Chinese and a quote in it. */
export interface RunningApp {
  readonly page: Page;
  /** Where projects, settings and logs of this run lie. */
  readonly home: string;
  /** Ends the host as Ctrl+C does and starts it again; the page is signed in to the new one. */
  restart(): Promise<void>;
  /** kill −9 of a process by what it runs: `engine.mjs`, `runner.mjs`. Returns how many were killed. */
  kill(program: 'engine.mjs' | 'runner.mjs'): number;
  /** What the page reported against its content security policy, and errors nobody caught. */
  readonly faults: readonly string[];
}

export const test = base.extend<{ app: RunningApp }>({
  app: async ({ page }, use) => {
    const parent = mkdtempSync(join(tmpdir(), "shotloom 影 'e' "));
    const home = join(parent, 'home');
    mkdirSync(home);
    const faults = watchFaults(page);
    let host = await startHost(home);
    await page.goto(host.link);
    await use({
      page,
      home,
      faults,
      restart: async () => {
        await stopHost(host.process);
        host = await startHost(home);
        await page.goto(host.link);
      },
      kill: (program) => killDescendants(host.process.pid ?? 0, program),
    });
    await stopHost(host.process);
    rmSync(parent, { recursive: true, force: true });
  },
});
export { expect } from '@playwright/test';

interface Host {
  readonly process: ChildProcess;
  readonly link: string;
}

function startHost(home: string): Promise<Host> {
  const entry = join(import.meta.dirname, '../../dist/node/web.mjs');
  const child = spawn(process.execPath, [entry, '--root', home, '--root', join(import.meta.dirname, '../fixtures')], {
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

function watchFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  return faults;
}
