import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Asked } from '../../engine/contract/desktop-bridge.ts';
import type { DesktopMenu } from '../../engine/contract/desktop-requests.ts';
import { app, desktop, nativeTheme, settled } from '../testing/electron.ts';
import type { StandInWindow } from '../testing/electron-window.ts';
import { pageOf, runDesktop } from '../testing/run-desktop.ts';
import { barColours } from './title-bar.ts';

// The shell as a person meets it: starting it again, dialogs, the menu bar, news. Over the stand-in for Electron.

let run: Awaited<ReturnType<typeof runDesktop>>;
beforeAll(async () => {
  const lastPlace = JSON.stringify({ bounds: { x: 100, y: 50, width: 1500, height: 900 }, fills: 'work-area' });
  run = await runDesktop({ platform: 'darwin', project: '/films/Boat', lastPlace });
});
afterAll(() => run.end());
beforeEach(() => {
  desktop.dialogs.length = 0;
});

function onlyWindow(): StandInWindow {
  const [window, ...others] = desktop.windows();
  if (!window || others.length > 0) throw new Error(`there are ${desktop.windows().length} windows`);
  return window;
}

function submenuOf(item: MenuItemConstructorOptions | undefined): readonly MenuItemConstructorOptions[] {
  return Array.isArray(item?.submenu) ? item.submenu : [];
}

/** What the shell asks of a page from now on. */
function hear(window: StandInWindow): Asked[] {
  const heard: Asked[] = [];
  pageOf(window).bridge.onAsked((asked) => heard.push(asked));
  return heard;
}

test('a start with a project opens a window on it, hidden until there is something to see', () => {
  const window = onlyWindow();
  expect(window.options).toMatchObject({ show: false, useContentSize: true, minWidth: 1280, minHeight: 720 });
  expect(window.done).toEqual(['load shotloom://app/#/project/%2Ffilms%2FBoat', 'maximize', 'show']);
});

test('a window opens where the last one lay, and the next one will open where it is moved to', async () => {
  const window = onlyWindow();
  expect(window.options).toMatchObject({ x: 100, y: 50, width: 1500, height: 900 });
  window.isWide = false;
  window.frame = { width: 2, height: 30 }; // what the system draws around the page is not its size
  window.dragTo({ x: 200, y: 60, width: 1402, height: 830 });
  const written = join(run.dataFolder, 'place.json');
  const moved = { bounds: { x: 200, y: 60, width: 1400, height: 800 }, fills: 'nothing' };
  await expect.poll(() => JSON.parse(readFileSync(written, 'utf8')), { timeout: 20_000 }).toEqual(moved);
});

test('Electron keeps its data in a folder of its own, which also tells one home from another', () => {
  expect(desktop.paths.get('userData')).toBe(join(run.folder, 'data'));
  expect(desktop.startedWith).toEqual({ project: '/films/Boat' });
});

test('a second start with the same project brings its window to the front', () => {
  const window = onlyWindow();
  window.isSmall = true;
  window.done.length = 0;
  desktop.startAgain({ project: '/films/Boat' });
  expect(onlyWindow().done).toEqual(['restore', 'show', 'focus']);
});

test('a second start with another project opens a window, or takes one that shows none', async () => {
  desktop.startAgain({ project: '/films/Moon' });
  const [boat, moon] = desktop.windows();
  expect(moon?.done[0]).toBe('load shotloom://app/#/project/%2Ffilms%2FMoon');
  expect(moon?.options).toMatchObject({ x: 228, y: 88, width: 1400 }); // a step aside of the first

  if (!moon || !boat) throw new Error('there should be two windows');
  await pageOf(moon).bridge.showProject({}); // it went back to the start page
  const heard = hear(moon);
  desktop.startAgain({ project: '/films/Storm' });
  await settled();
  expect(heard).toEqual([{ kind: 'open-project', folder: '/films/Storm' }]);
  expect(desktop.windows()).toHaveLength(2);
  moon.destroy();
});

test('a project is shown in one window: asked for in another, its own comes to the front', async () => {
  const [boat] = desktop.windows();
  if (!boat) throw new Error('there is no window');
  await pageOf(boat).bridge.showProject({ folder: '/films/Boat' });
  desktop.startAgain({ project: '/films/Storm' });
  const storm = desktop.windows()[1];
  expect(await pageOf(storm).bridge.showProject({ folder: '/films/Storm' })).toBe(true);
  boat.done.length = 0;
  expect(await pageOf(storm).bridge.showProject({ folder: '/films/Boat' })).toBe(false);
  expect(boat.done).toEqual(['show', 'focus']);
  expect(await pageOf(storm).bridge.showProject({})).toBe(true);
  storm?.destroy();
});

test.each([undefined, 'text', { project: 7 }, { project: '' }])(
  'a second start that hands over %j just brings the window to the front',
  (handedOver) => {
    const window = onlyWindow();
    window.done.length = 0;
    desktop.startAgain(handedOver);
    expect(onlyWindow().done).toEqual(['show', 'focus']);
  },
);

test('on macOS a project that is opened in the Finder comes to its window', () => {
  const window = onlyWindow();
  window.done.length = 0;
  app.emit('open-file', { preventDefault: () => {} }, '/films/Boat/film.json');
  expect(onlyWindow().done).toEqual(['show', 'focus']);
});

test('on macOS the program goes on without windows, and its icon opens one', async () => {
  onlyWindow().destroy();
  await settled();
  expect(desktop.hasQuit).toBe(false);
  app.emit('activate');
  expect(onlyWindow().done[0]).toBe('load shotloom://app/');
});

test('a page that crashes comes back; one that crashes again at once is closed', async () => {
  desktop.startAgain({ project: '/films/Crash' });
  const window = onlyWindow();
  await pageOf(window).bridge.showProject({ folder: '/films/Crash' });
  const { webContents } = window;
  webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect([webContents.reloads, window.isDestroyed()]).toEqual([0, false]);
  webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect([webContents.reloads, window.isDestroyed()]).toEqual([1, false]);
  webContents.emit('render-process-gone', {}, { reason: 'oom' });
  expect(window.isDestroyed()).toBe(true);
  app.emit('activate');
});

test('media are chosen in the system dialog, several at once; backing out is no answer', async () => {
  const { bridge } = pageOf(onlyWindow());
  desktop.answers.push({ canceled: false, filePaths: ['/a.mp4', '/b.wav'] }, { canceled: true, filePaths: [] });
  expect(await bridge.chooseMedia({ title: 'Import media' })).toEqual(['/a.mp4', '/b.wav']);
  expect(await bridge.chooseMedia({ title: 'Import media' })).toBeUndefined();
  expect(desktop.dialogs[0]).toEqual({
    kind: 'open',
    options: { title: 'Import media', properties: ['openFile', 'multiSelections'] },
  });
});

test('a project is chosen by its folder', async () => {
  desktop.answers.push({ canceled: false, filePaths: ['/films/Boat'] });
  expect(await pageOf(onlyWindow()).bridge.chooseProject({ title: 'Open project' })).toBe('/films/Boat');
  expect(desktop.dialogs[0]).toMatchObject({ options: { properties: ['openDirectory'] } });
});

test('an export ends in .mp4, whatever the system adds; backing out is no answer', async () => {
  const { bridge } = pageOf(onlyWindow());
  const ask = () => bridge.chooseExportFile({ title: 'Export to', folder: '/films', name: 'Boat.mp4', kind: 'Film' });
  const chose = (filePath: string) => ({ canceled: filePath === '', filePath });
  desktop.answers.push(chose('/films/Boat.mp4'), chose('/films/Moon'), chose('/films/Moon.MP4'), chose(''));
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
    '/films/Boat.mp4',
    '/films/Moon.mp4',
    '/films/Moon.MP4',
    undefined,
  ]);
  expect(desktop.dialogs[0]).toMatchObject({ kind: 'save', options: { defaultPath: join('/films', 'Boat.mp4') } });
});

test('a file is shown in the file manager; news come from the system, and lead back to the window', async () => {
  const window = onlyWindow();
  const { bridge } = pageOf(window);
  await bridge.revealFile({ path: '/films/boat.mp4' });
  expect(desktop.revealed).toEqual(['/films/boat.mp4']);

  await bridge.notify({ title: 'Boat.mp4', body: 'is exported' });
  const [note] = desktop.notifications;
  expect(note).toMatchObject({ title: 'Boat.mp4', body: 'is exported', isShown: true });
  window.done.length = 0;
  note?.emit('click');
  expect(window.done).toEqual(['show', 'focus']);
});

test("the system's own dialogs follow the theme of the window", async () => {
  const window = onlyWindow();
  await pageOf(window).bridge.setTheme({ theme: 'light', barHeightPx: 40 });
  expect(nativeTheme.themeSource).toBe('light');
  expect(window.ground).toBe(barColours.light.color);
});

test('a dropped file is where it lies; bytes without a place are nowhere', () => {
  const { bridge } = pageOf(onlyWindow());
  expect(bridge.pathOf(Object.assign(new File([], 'a.mp4'), { path: '/films/a.mp4' }))).toBe('/films/a.mp4');
  expect(bridge.pathOf(new File([], 'a.mp4'))).toBe('');
});

test('the menu bar is what the window described; a chosen command goes back to it by name', async () => {
  const window = onlyWindow();
  const heard = hear(window);
  const menu: DesktopMenu = [
    {
      label: 'Edit',
      items: [
        { kind: 'command', name: 'split', label: 'Split', accelerator: 'CommandOrControl+K', isEnabled: true },
        { kind: 'separator' },
        { kind: 'role', role: 'copy', label: 'Copy' },
      ],
    },
  ];
  await pageOf(window).bridge.setMenu({ menu });
  const [edit] = desktop.menu?.items ?? [];
  expect(edit).toMatchObject({
    label: 'Edit',
    submenu: [
      { label: 'Split', accelerator: 'CommandOrControl+K', registerAccelerator: false, enabled: true },
      { type: 'separator' },
      { role: 'copy', label: 'Copy' },
    ],
  });
  const [split] = submenuOf(edit);
  split?.click?.({} as never, undefined, {});
  split?.click?.({} as never, undefined, { triggeredByAccelerator: true });
  await settled();
  expect(heard).toEqual([
    { kind: 'command', name: 'split', isByKey: false },
    { kind: 'command', name: 'split', isByKey: true },
  ]);
});

test('where the system shows no menu bar, it opens as a menu at a point of the window', async () => {
  const { bridge } = pageOf(onlyWindow());
  await bridge.setMenu({ menu: [{ label: 'Edit', items: [{ kind: 'role', role: 'copy', label: 'Copy' }] }] });
  await bridge.setMenu({ openAt: { x: 12, y: 44 } });
  expect(desktop.openMenus).toEqual([{ menu: desktop.menu, x: 12, y: 44 }]);
  await expect(bridge.setMenu({ openAt: { x: 0.5, y: 44 } })).rejects.toThrow('refused');
});

test('the menu bar opens windows, and projects in windows of their own', async () => {
  const boat = onlyWindow();
  const menu: DesktopMenu = [
    {
      label: 'File',
      items: [
        { kind: 'new-window', label: 'New window' },
        { kind: 'submenu', label: 'Recent', items: [{ kind: 'project', folder: '/films/Storm', label: 'Storm' }] },
      ],
    },
  ];
  await pageOf(boat).bridge.setMenu({ menu });
  await pageOf(boat).bridge.showProject({ folder: '/films/Boat' });
  const [newWindow, recent] = submenuOf(desktop.menu?.items[0]);
  const [storm] = submenuOf(recent);
  storm?.click?.({} as never, undefined, {});
  expect(desktop.windows()[1]?.done[0]).toBe('load shotloom://app/#/project/%2Ffilms%2FStorm');
  storm?.click?.({} as never, undefined, {});
  expect(desktop.windows()).toHaveLength(2); // it is there
  newWindow?.click?.({} as never, undefined, {});
  expect(desktop.windows()[2]?.done[0]).toBe('load shotloom://app/');
  for (const window of desktop.windows().slice(1)) window.destroy();
});

test.each([
  [
    'a role that is not one of ours',
    [{ label: 'View', items: [{ kind: 'role', role: 'toggleDevTools', label: 'x' }] }],
  ],
  ['an item without words', [{ label: 'View', items: [{ kind: 'role', role: 'copy', label: '' }] }]],
  ['a bar without menus', []],
])('a menu with %s is refused', async (_, menu) => {
  await expect(pageOf(onlyWindow()).bridge.setMenu({ menu: menu as DesktopMenu })).rejects.toThrow('refused');
});

test('a command without a window opens one', async () => {
  const [edit] = desktop.menu?.items ?? [];
  const [split] = submenuOf(edit);
  onlyWindow().destroy();
  split?.click?.({} as never, undefined, {});
  expect(onlyWindow().done[0]).toBe('load shotloom://app/');
});
