// `npm run screenshots`: pictures of the real editor with shots it generates while we wait. Without arguments the one the
// README shows; `-- --all FOLDER` takes every page in both sizes, themes and languages, for looking at.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { Language } from '../engine/contract/failure-words.ts';
import { startHostProcess } from '../test/host-process.ts';

interface Look {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly theme: 'dark' | 'light';
  readonly language: Language;
}

const root = join(import.meta.dirname, '..');
const large: Look = { widthPx: 1600, heightPx: 1000, theme: 'dark', language: 'en' };
const looks: readonly Look[] = [large, { ...large, widthPx: 1280, heightPx: 720 }].flatMap((size) =>
  (['dark', 'light'] as const).flatMap((theme) =>
    (['en', 'zh-CN'] as const).map((language) => ({ ...size, theme, language })),
  ),
);

const prompts = [
  'at night, a red boat drifts past the moon, moving right',
  'at sunset, a yellow car crosses the desert, moving left',
  'a blue bus drives through the city at night',
  'an orange balloon rises over the hills in the day',
];
const last = 'a green boat on the sea at sunset';

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const home = mkdtempSync(join(tmpdir(), 'shotloom-pictures-'));
const host = await startHostProcess(home, { roots: [join(root, 'test/fixtures/media')] });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
  // Chromium's sandbox refuses root; nothing else about it changes.
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  if (values.all === undefined) await pictureForReadme();
  else await everyPicture(values.all);
} finally {
  await browser.close();
  await host.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

async function pictureForReadme(): Promise<void> {
  const page = await open(browser, large);
  await cutFilm(page);
  await startLastShot(page);
  await save(page, join(root, 'resources/screenshots'), 'edit');
}

/** One film, made once, then seen in every look: the start page, the edit page, the dialogs, a running shot. */
async function everyPicture(folder: string): Promise<void> {
  const first = await open(browser, large);
  await save(first, folder, 'start-empty');
  await cutFilm(first);
  const context = first.context();
  for (const look of looks) {
    const suffix = `${look.widthPx}-${look.theme}-${look.language}`;
    const page = await context.newPage();
    await wear(page, look);
    await page.goto(new URL('/', host.link).href);
    await page.getByTestId('start.page').waitFor();
    await settle(page);
    await save(page, folder, `start-${suffix}`);
    await page.close();
    await wear(first, look);
    await first.reload();
    await first.getByTestId('edit.timeline.lanes').waitFor();
    await settle(first);
    await save(first, folder, `edit-${suffix}`);
    await first.getByTestId('title.export').click();
    await settle(first);
    await save(first, folder, `export-${suffix}`);
    await first.keyboard.press('Escape');
    await first.getByTestId('title.settings').click();
    await settle(first);
    await save(first, folder, `settings-${suffix}`);
    await first.keyboard.press('Escape');
  }
  await wear(first, large);
  await first.reload();
  await startLastShot(first);
  await save(first, folder, 'edit-running');
}

/** Four generated shots and one imported clip with its sound, in the order they were made. */
async function cutFilm(page: Page): Promise<void> {
  const [opening = '', ...others] = prompts;
  await page.getByTestId('start.prompt').fill(opening);
  await page.getByTestId('start.generate').click();
  await page.getByTestId('edit.timeline.lanes').waitFor();
  await queueIsEmpty(page);
  for (const prompt of others) await shoot(page, prompt);
  await page.getByTestId('edit.bin.import').click();
  await page.getByTestId('files.entry.stream_of_water_480x360.mp4').click();
  await page.getByTestId('files.accept').click();
  await page.getByRole('option', { name: /^stream/ }).click();
  await queueIsEmpty(page);
  await page.keyboard.press('e');
  await page.keyboard.press('Backslash');
  await page.keyboard.press('Home');
  await settle(page);
}

async function shoot(page: Page, prompt: string): Promise<void> {
  await page.getByTestId('edit.inspector.prompt').fill(prompt);
  await page.keyboard.press('Control+Enter');
  await page.getByTestId('edit.inspector.running').waitFor();
  await queueIsEmpty(page);
}

/** A shot on its way while one looks at another: the ghost is at the end of the film, the playhead on its second shot. */
async function startLastShot(page: Page): Promise<void> {
  await page.getByTestId('edit.inspector.prompt').fill(last);
  await page.getByTestId('edit.inspector.generate').click();
  await page.getByRole('gridcell', { name: /Step \d+ of/ }).waitFor();
  await page.getByTestId('edit.timeline.ruler').click({ position: { x: 125, y: 12 } });
  await page.keyboard.press('Backslash');
  await page.getByRole('gridcell', { name: /Step [2-9] of/ }).waitFor();
}

async function queueIsEmpty(page: Page): Promise<void> {
  await page.getByTestId('title.queue').getByText('Queue empty').waitFor({ timeout: 300_000 });
}

/** Until posters, filmstrips and peaks have come: pictures of a page at rest. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(1500);
}

async function open(from: Browser, look: Look): Promise<Page> {
  const context = await from.newContext();
  const page = await context.newPage();
  await wear(page, look);
  await page.goto(host.link);
  await page.getByTestId('start.page').waitFor();
  await settle(page);
  return page;
}

async function wear(page: Page, { widthPx, heightPx, theme, language }: Look): Promise<void> {
  await page.setViewportSize({ width: widthPx, height: heightPx });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.addInitScript(
    (settings) => localStorage.setItem('shotloom.settings', settings),
    JSON.stringify({ theme, language, panels: {} }),
  );
}

async function save(page: Page, folder: string, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  console.log(path);
}
