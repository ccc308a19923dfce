import { expect, type Locator, type Page } from '@playwright/test';

/** What a person does with the window: find things by name, press, drag, type. Knows nothing of what is behind it. */
export class Hands {
  /** The window; another one where the program was started again. */
  page: Page;

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
