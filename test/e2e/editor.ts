import { readFileSync } from 'node:fs';
import { expect, type Locator } from '@playwright/test';
import { Hands } from '../../renderer/testing/hands.ts';

/** An editor at the real window: what is seen in the pictures themselves, and the longer gestures. */
export class Editor extends Hands {
  /** A new project, with a file of the rushes imported and put on its timeline. */
  async newFilmOf(name: string): Promise<void> {
    await this.newProject();
    await this.import(name);
    await this.append(name);
  }

  /** Types a prompt into the Generate panel. Chinese arrives as an input method commits it: whole. */
  async describe(prompt: string): Promise<void> {
    await this.at('edit.inspector.prompt').click();
    if (/\p{Script=Han}/u.test(prompt)) await this.page.keyboard.insertText(prompt);
    else await this.page.keyboard.type(prompt);
  }

  /** The words of the prompt that carry a mark. */
  marked(mark: 'known' | 'ignored'): Locator {
    const marks = mark === 'known' ? ['known', 'filler'] : [mark];
    return this.page.locator(marks.map((each) => `.prompt-copy .mark-${each}`).join(', '));
  }

  /** Chooses the tiny pack, whatever others there are, and how many steps a shot of it takes. */
  async useTinyPack(steps: number): Promise<void> {
    await this.choose('edit.inspector.pack', 'Tiny Loom');
    const stepsField = this.at('edit.inspector.steps');
    if (!(await stepsField.isVisible())) await this.at('edit.inspector.advanced').click();
    await stepsField.fill(String(steps));
    await this.page.keyboard.press('Enter');
  }

  /** Says where an export goes, in the projects' folder. */
  async chooseExportFile(name: string): Promise<void> {
    await this.at('export.choose').click();
    await this.at('files.name').fill(name);
    await this.at('files.accept').click();
  }

  /** What the page hands over as a file. */
  async savedBy(click: () => Promise<void>): Promise<Buffer> {
    const begun = this.page.waitForEvent('download');
    await click();
    return readFileSync(await (await begun).path());
  }

  /** Opens a list field and takes one of its choices. */
  async choose(field: string, choice: string): Promise<void> {
    await this.at(field).click();
    await this.page.getByRole('option', { name: choice }).click();
    await expect(this.at(field)).toContainText(choice);
  }

  /** Waits for a shot to be some steps along, looking as often as the window paints. */
  async untilSampling(name: string): Promise<void> {
    await this.page.waitForFunction((beginning) => {
      const cells = [...document.querySelectorAll('[role=gridcell]')].map((cell) => cell.getAttribute('aria-label'));
      return cells.some((label) => label?.startsWith(beginning) && /(Step|第) [1-9]\d*( of|) ?\/? \d+/.test(label));
    }, name);
  }

  /**
   * Begins to write down what certain places of the window say; the answer tells what each has said since. A shot of
   * the tiny pack goes through its phases faster than one can ask about them.
   */
  async noteWhatIsSaid(places: Readonly<Record<string, string>>): Promise<() => Promise<Record<string, string[]>>> {
    const notes = await this.page.evaluateHandle((watched) => {
      const said: Record<string, string[]> = {};
      const look = () => {
        for (const [name, selector] of Object.entries(watched)) {
          const place = document.querySelector(selector);
          const words = place && (place.getAttribute('aria-label') ?? place.textContent);
          if (words && said[name]?.at(-1) !== words) said[name] = [...(said[name] ?? []), words];
        }
      };
      new MutationObserver(look).observe(document, {
        ...{ subtree: true, childList: true, characterData: true },
        attributeFilter: ['aria-label'],
      });
      return said;
    }, places);
    return () => notes.jsonValue();
  }

  /** Moves a card of the bin to a time on a track with the mouse, and lets go unless told to hold. */
  async dragToTrack(name: string, track: string, atPx: number, { hold = false } = {}): Promise<void> {
    const from = await boxOf(this.take(name));
    const to = await this.lane(track);
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + atPx / 2, to.y + to.height / 2, { steps: 4 });
    await mouse.move(to.x + atPx, to.y + to.height / 2, { steps: 4 });
    await this.nextFrame();
    if (!hold) await mouse.up();
  }

  /** Where a track lies on the page. */
  async lane(track: string): Promise<Box> {
    const lanes = await boxOf(this.at('edit.timeline.lanes'));
    const cell = await boxOf(
      this.page
        .getByRole('row', { name: new RegExp(`^${track}`) })
        .getByRole('gridcell')
        .first(),
    );
    return { ...lanes, y: cell.y, height: cell.height };
  }

  /** Drops a file of this machine on a place of the page, as a file manager does. */
  async dropFile(path: string, onto: Locator, at: { readonly x: number; readonly y: number }): Promise<void> {
    const box = await boxOf(onto);
    const browser = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await browser.send('Input.dispatchDragEvent', { type, x: box.x + at.x, y: box.y + at.y, data });
    }
    await browser.detach();
  }

  /** Puts the playhead on a frame, by key: from the start in fives and ones. */
  async goTo(frame: number): Promise<void> {
    const { keyboard } = this.page;
    await keyboard.press('Home');
    for (let count = 0; count < Math.floor(frame / 5); count++) await keyboard.press('Shift+ArrowRight');
    for (let count = 0; count < frame % 5; count++) await keyboard.press('ArrowRight');
    expect(await this.playhead()).toBe(frame);
  }

  /** The frame the playhead is on, at 24 a second. */
  async playhead(): Promise<number> {
    const [hours = 0, minutes = 0, seconds = 0, frame = 0] = (await this.timecode()).split(':').map(Number);
    return ((hours * 60 + minutes) * 60 + seconds) * 24 + frame;
  }

  /** How many frames the viewer is off while the playhead is in `footage` that starts at a frame of the film. */
  async shownAgainst(recordIn: number): Promise<number> {
    return (await this.numberShown()) - ((await this.playhead()) - recordIn);
  }

  /** The number that a frame of `footage` carries, read from the viewer. */
  async numberShown(): Promise<number> {
    return this.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="edit.viewer.canvas"]');
      const context = canvas && new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
      if (!canvas || !context) throw new Error('there is no viewer');
      context.drawImage(canvas, 0, 0);
      const grey = (bit: number) =>
        context.getImageData(Math.round(((bit + 0.5) * canvas.width) / 8), canvas.height / 2, 1, 1).data[1] ?? 0;
      return [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, bit) => sum + (grey(bit) > 127 ? 2 ** bit : 0), 0);
    });
  }

  /** Of how many colours a part of the timeline's canvas is: many where pictures or peaks are drawn. */
  async coloursOn(clip: Locator): Promise<number> {
    const { x, y, width, height } = await boxOf(clip);
    return this.page.evaluate(
      ([left, top, widthPx, heightPx]) => {
        const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="edit.timeline.lanes"] canvas');
        const context = canvas?.getContext('2d');
        if (!canvas || !context) throw new Error('there is no timeline');
        const place = canvas.getBoundingClientRect();
        const scale = canvas.width / place.width;
        const at = [(left - place.left) * scale, (top - place.top) * scale] as const;
        const { data } = context.getImageData(...at, widthPx * scale, heightPx * scale);
        return new Set(new Uint32Array(data.buffer)).size;
      },
      [x, y, width, height] as const,
    );
  }

  /** The whole film as a listener hears it: every track's clips with where they lie. */
  async film(): Promise<readonly (readonly string[])[]> {
    return Promise.all(['V2', 'V1', 'A1', 'A2'].map((track) => this.track(track)));
  }

  /** What the bin tells of every take. */
  async bin(): Promise<readonly string[]> {
    return this.at('edit.bin').getByRole('option').allTextContents();
  }

  /** Everything done is in the journal. */
  async saved(): Promise<void> {
    await expect(this.at('status.saved')).toBeVisible();
  }
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the page');
  return box;
}
