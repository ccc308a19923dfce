import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from './app.ts';
import { still } from './rushes.ts';

test('settings outlive the window’s memory and the program, and a broken file of them is set aside and told of', async ({
  app,
  host,
}) => {
  const { editor, home } = app;
  const html = () => editor.page.locator('html');
  const folder = join(home, 'settings');
  await editor.at('title.settings').click();
  await editor.at('settings.theme').click();
  await editor.page.getByRole('option', { name: 'Light' }).click();
  await expect(html()).toHaveAttribute('data-theme', 'light');
  await expect.poll(() => readdirSync(folder)).toContain('settings.json');
  expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toEqual({ version: 1, theme: 'light' });

  await app.close();
  if (host === 'electron') rmSync(join(home, 'window'), { recursive: true });
  else await editor.page.evaluate(() => localStorage.clear());
  await app.reopen();
  await expect(html()).toHaveAttribute('data-theme', 'light');

  await app.close();
  writeFileSync(join(folder, 'settings.json'), '{"version":1,"theme":');
  await app.reopen();
  await expect(editor.at('window.notice')).toContainText('The settings could not be read and start afresh');
  expect(readdirSync(folder).some((name) => name.startsWith('settings.broken-'))).toBe(true);
});

test('a report says what works on this machine, and holds no prompt, no name of a file, and not the home folder', async ({
  app,
}) => {
  const { editor, home } = app;
  await editor.newProject();
  await editor.import(still.name);
  await editor.describe('a secret red boat');
  await editor.at('title.settings').click();
  const zip = unzipSync(await editor.savedBy(() => editor.at('settings.report').click()));
  expect(Object.keys(zip)).toEqual(['report.txt', 'engine.log']);
  const text = Object.values(zip)
    .map((bytes) => strFromU8(bytes))
    .join('');
  expect(text).toContain('✓ ffmpeg');
  expect(text).toContain('✓ runner');
  expect(text).toContain('the engine started');
  expect(text).not.toContain(home);
  expect(text).not.toContain(still.name);
  expect(text).not.toContain('secret');
});
