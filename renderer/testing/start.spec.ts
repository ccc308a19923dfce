import { expect, test } from './drive.ts';

test('the start page says what this machine brings, and nothing that it was not told', async ({ window }) => {
  const line = window.at('start.engine');
  await expect(line).toContainText('Running');
  await expect(line).toContainText('2 cores · 24 GB');
  await expect(line).toContainText('Loom Mini, built in');
  await expect(line).toContainText('212 GB free');
  await expect(line).toContainText('Room for about 110,000 takes'); // of 2 MB each
  await window.turn({ isUnplugged: true });
  await window.page.evaluate(() => globalThis.window.standIn.cutConnections());
  await expect(line).toContainText('Away');
  await expect(line).not.toContainText('cores');
});

test('a film is found again among the recent ones, by its name and place', async ({ window }) => {
  await expect(window.page.getByText('No projects yet')).toBeVisible();
  await window.newProject();
  await window.at('title.home').click();
  const recent = window.at('start.recent.Untitled');
  await expect(recent).toContainText('/home/mira/Shotloom/Untitled');
  await recent.click();
  await expect(window.at('edit.page')).toBeVisible();
});

test('the settings open by their key here too, and Escape leads back', async ({ window }) => {
  const { keyboard } = window.page;
  await window.at('start.prompt').fill('a red boat');
  await keyboard.press('Control+,');
  await expect(window.at('settings')).toBeVisible();
  await keyboard.press('Escape');
  await expect(window.at('settings')).toBeHidden();
  await expect(window.at('start.prompt')).toBeFocused();
  await expect(window.at('start.prompt')).toHaveValue('a red boat');
});
