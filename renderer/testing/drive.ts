import { test as base, expect } from '@playwright/test';
import type { DeviceFault } from '../../engine/contract/device.ts';
import type { Failure } from '../../engine/contract/failure.ts';
import type { PackSummary } from '../../engine/contract/generation.ts';
import type { HostStanding } from '../state/connection.ts';
import type { WindowSettings } from '../state/settings-store.ts';
import { standInFolder } from './build-window.ts';
import { Hands } from './hands.ts';
import { serveFolder } from './static-server.ts';

export { expect };

/** The window under a test's hands. Complaints of the page, the content policy's among them, fail the test. */
export const test = base.extend<{ window: Window; settings: Partial<WindowSettings> }, { site: string }>({
  settings: [{}, { option: true }],
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its first argument
    async ({}, use) => {
      const { url, close } = await serveFolder(standInFolder);
      await use(url);
      close();
    },
    { scope: 'worker' },
  ],
  window: async ({ page, site, settings }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    const kept: WindowSettings = { language: 'en', theme: 'dark', motion: 'system', panels: {}, ...settings };
    await page.addInitScript((text) => localStorage.setItem('shotloom.settings', text), JSON.stringify(kept));
    await page.goto(`${site}/testing/index.html`);
    await page.getByTestId('start.page').waitFor();
    await use(new Window(page));
    expect(complaints).toEqual([]);
  },
});

/** Hands on the window over its stand-in engine, whose knobs they can turn. */
export class Window extends Hands {
  /** How fast shots run, whether they fail, and whether the engine answers at all. */
  async turn(knobs: {
    stepMs?: number;
    isHeld?: boolean;
    isMoveHeld?: boolean;
    isUnplugged?: boolean;
    hostStanding?: HostStanding;
    gpuFault?: DeviceFault | undefined;
    isTrialBroken?: boolean;
    speaks?: number;
    sizes?: PackSummary['sizes'];
    shotFailure?: Failure | undefined;
    exportFailure?: Failure | undefined;
  }): Promise<void> {
    await this.page.evaluate((given) => Object.assign(globalThis.window.standIn, given), knobs);
  }
}
