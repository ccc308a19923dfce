import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { Editor } from './editor.ts';
import type { Program, ProgramOptions } from './program.ts';

/** Starts the web host and opens its link in a page. */
export async function openInBrowser(page: Page, { home, watch }: ProgramOptions): Promise<Program> {
  await watch(page);
  let host = await startHost(home);
  await page.goto(host.link);
  const start = async () => {
    host = await startHost(home);
  };
  return {
    editor: new Editor(page),
    pid: () => host.process.pid ?? 0,
    end: () => stopHost(host.process),
    start,
    reopen: async () => {
      await start();
      await page.goto(host.link);
    },
  };
}

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

/** As Ctrl+C does. */
function stopHost(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  return ended;
}
