import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { descendantsOf, killDescendants } from '../processes.ts';
import { expect, test } from './app.ts';
import { type ElectronProgram, openInElectron } from './electron-app.ts';
import { still } from './rushes.ts';

// What only Electron itself can show. The journeys run under it too, as another project of the same configuration.

let program: ElectronProgram;
test.beforeEach(async ({ home }) => {
  program = await openInElectron({ home, watch: async () => {} });
});
test.afterEach(() => program?.end());

test('a sandboxed, isolated window on shotloom://app edits with the real engine', async ({ home }) => {
  const { editor } = program;
  const { page } = editor;
  expect(page.url()).toBe('shotloom://app/');
  const seen = await page.evaluate(() => ({
    isIsolated: crossOriginIsolated,
    node: typeof Reflect.get(window, 'require') + typeof Reflect.get(window, 'process'),
    functions: Object.keys(window.shotloom ?? {}).length,
    isFrozen: Object.isFrozen(window.shotloom),
  }));
  expect(seen).toEqual({ isIsolated: true, node: 'undefinedundefined', functions: 12, isFrozen: true });

  await editor.newFilmOf(still.name);
  await expect(editor.clips(still.name)).toHaveCount(1);

  const pid = program.pid();
  expect(killDescendants(pid, 'engine.mjs')).toBe(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.clips(still.name)).toHaveCount(0);
  await expect(editor.at('title.saving')).toHaveCount(0);
  expect(descendantsOf(pid).length).toBeGreaterThan(0);
  expect(existsSync(join(home, 'window'))).toBe(true);
  expect(readFileSync(join(home, 'projects', 'Untitled', 'film.json'), 'utf8')).toContain('Untitled');
});

test('the menu bar is the registry, and its items do what they say', async () => {
  const { editor } = program;
  const labels = () =>
    program.shell().evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
  await expect.poll(labels).toContain('Timeline');
  await program.shell().evaluate(({ Menu, BrowserWindow }) => {
    const [file] = Menu.getApplicationMenu()?.items.filter(({ label }) => label === 'File') ?? [];
    const item = file?.submenu?.items.find(({ label }) => label === 'New project');
    item?.click(undefined, BrowserWindow.getAllWindows()[0], undefined);
  });
  await editor.at('edit.timeline.lanes').waitFor();
});

test('nothing leads out of the window: no address, no window, no permission', async () => {
  const { page } = program.editor;
  await page.evaluate(() => location.assign('https://example.org/'));
  await page.evaluate(() => void window.open('https://example.org/'));
  const asked = await page.evaluate(async () => {
    const told = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    );
    return { told, notifications: await Notification.requestPermission() };
  });
  expect(asked).toEqual({ told: 'NotAllowedError', notifications: 'denied' });
  expect(page.url()).toBe('shotloom://app/');
  expect(await program.shell().evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
