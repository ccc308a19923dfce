import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { Failure } from '../../engine/contract/failure.ts';
import type { Settings } from '../state/settings-store.ts';
import { standInFolder } from './build-window.ts';
import { serveFolder } from './static-server.ts';

export { expect };

/** The window under a test's hands. Complaints of the page, the content policy's among them, fail the test. */
export const test = base.extend<{ window: Window; settings: Partial<Settings> }, { site: string }>({
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
    const kept: Settings = { language: 'en', theme: 'dark', panels: {}, ...settings };
    await page.addInitScript((text) => localStorage.setItem('shotloom.settings', text), JSON.stringify(kept));
    await page.goto(`${site}/testing/index.html`);
    await page.getByTestId('start.page').waitFor();
    await use(new Window(page));
    expect(complaints).toEqual([]);
  },
});

export class Window {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  at(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** An empty project on the Edit page. */
  async newProject(): Promise<void> {
    await this.at('start.new-project').click();
    await this.at('edit.timeline.lanes').waitFor();
  }

  /** How fast shots run and whether they fail. */
  async turn(knobs: { stepMs?: number; shotFailure?: Failure | undefined }): Promise<void> {
    await this.page.evaluate((given) => Object.assign(globalThis.window.standIn, given), knobs);
  }

  async import(...names: readonly string[]): Promise<void> {
    await this.at('edit.bin.import').click();
    if (!(await this.at('files.path').inputValue()).endsWith('Rushes')) await this.at('files.entry.Rushes').dblclick();
    for (const name of names) await this.at(`files.entry.${name}`).click({ modifiers: ['ControlOrMeta'] });
    await this.at('files.accept').click();
    for (const name of names) await expect(this.take(name)).toBeVisible();
  }

  take(name: string): Locator {
    return this.page.getByRole('option', { name: new RegExp(`^${escaped(name)}`) });
  }

  /** Puts takes at the end of the timeline, by key. */
  async append(...names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.take(name).click();
      await this.page.keyboard.press('e');
    }
  }

  clips(name: string): Locator {
    return this.page.getByRole('gridcell', { name: new RegExp(`^${escaped(name)}`) });
  }

  clip(name: string, track: string): Locator {
    return this.page
      .getByRole('row', { name: new RegExp(`^${track}`) })
      .getByRole('gridcell', { name: new RegExp(`^${escaped(name)}`) });
  }

  /** What a track holds, as a listener hears it, gaps left out. */
  async track(label: string): Promise<string[]> {
    const cells = this.page.getByRole('row', { name: new RegExp(`^${label}`) }).getByRole('gridcell');
    const names = await cells.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
    return names.filter((name) => !/^(Gap|Empty track)/.test(name));
  }

  /** Presses at a share of a clip's width, moves by pixels, and lets go unless told to hold. */
  async drag(
    from: Locator,
    by: { readonly x: number; readonly y?: number },
    { at = 0.5, hold = false }: { readonly at?: number; readonly hold?: boolean } = {},
  ): Promise<void> {
    const box = await from.boundingBox();
    if (!box) throw new Error('nothing to drag');
    const start = { x: box.x + box.width * at, y: box.y + box.height / 2 };
    const { mouse } = this.page;
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(start.x + by.x / 2, start.y + (by.y ?? 0) / 2);
    await mouse.move(start.x + by.x, start.y + (by.y ?? 0), { steps: 4 });
    await this.nextFrame();
    if (!hold) await mouse.up();
  }

  async timecode(): Promise<string> {
    return (await this.at('edit.viewer.timecode').textContent()) ?? '';
  }

  async nextFrame(): Promise<void> {
    await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
