import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, expect, test } from '@playwright/test';
import { desktopOrWhy, thisMachine } from '../../build/bootstrap/desktop.mjs';
import { descendantsOf, killDescendants } from '../processes.ts';
import { Editor } from './editor.ts';
import { makeRushes, still } from './rushes.ts';

// What only Electron itself can show. Skipped, with the reason printed, where it cannot run.

const root = join(import.meta.dirname, '../..');
const how = desktopOrWhy([], { ...thisMachine(root, process.execPath), fetchProgram: () => undefined });
if (how.kind === 'browser') console.log(`Not run under Electron: ${how.why}`);
test.skip(how.kind === 'browser', how.kind === 'browser' ? how.why : '');

const inherited = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
let home = '';
let app: ElectronApplication;
test.beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "shotloom 子 'x' "));
  makeRushes(join(home, 'Rushes'));
  mkdirSync(join(home, 'packs'));
  cpSync(join(root, 'test/fixtures/packs/tiny-loom'), join(home, 'packs/tiny-loom'), { recursive: true });
  app = await electron.launch({
    executablePath: how.kind === 'desktop' ? how.program : '',
    args: [join(root, 'dist/desktop/main.mjs')],
    env: { ...inherited, SHOTLOOM_HOME: home, SHOTLOOM_NODE: process.execPath },
  });
});
test.afterEach(async () => {
  await app.close();
  rmSync(home, { recursive: true, force: true });
});

test('a sandboxed, isolated window on shotloom://app edits with the real engine', async () => {
  const page = await app.firstWindow();
  const editor = new Editor(page);
  expect(page.url()).toBe('shotloom://app/');
  const seen = await page.evaluate(() => ({
    isIsolated: crossOriginIsolated,
    node: typeof Reflect.get(window, 'require') + typeof Reflect.get(window, 'process'),
    functions: Object.keys(window.shotloom ?? {}).length,
    isFrozen: Object.isFrozen(window.shotloom),
  }));
  expect(seen).toEqual({ isIsolated: true, node: 'undefinedundefined', functions: 12, isFrozen: true });

  await editor.newProject();
  await app.evaluate(
    ({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    },
    join(home, 'Rushes', still.name),
  );
  await editor.at('edit.bin.import').click();
  await editor.append(still.name);
  await expect(editor.clips(still.name)).toHaveCount(1);

  const menus = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(menus).toContain('Timeline');

  const pid = app.process().pid ?? 0;
  expect(killDescendants(pid, 'engine.mjs')).toBe(1);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(editor.clips(still.name)).toHaveCount(0);
  await expect(editor.at('title.saving')).toHaveCount(0);
  expect(descendantsOf(pid).length).toBeGreaterThan(0);
  expect(existsSync(join(home, 'window'))).toBe(true);
  expect(readFileSync(join(home, 'projects', 'Untitled', 'film.json'), 'utf8')).toContain('Untitled');
});
