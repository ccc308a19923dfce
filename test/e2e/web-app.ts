import type { Page } from '@playwright/test';
import { startHostProcess } from '../host-process.ts';
import { Editor } from './editor.ts';
import type { Program, ProgramOptions } from './program.ts';

/** Starts the web host and opens its link in a page. */
export async function openInBrowser(page: Page, { home, watch }: ProgramOptions): Promise<Program> {
  await watch(page);
  let host = await startHostProcess(home);
  await page.goto(host.link);
  const start = async () => {
    host = await startHostProcess(home);
  };
  return {
    editor: new Editor(page),
    pid: () => host.pid,
    end: () => host.stop(),
    start,
    reopen: async () => {
      await start();
      await page.goto(host.link);
    },
  };
}
