import { expect, test } from 'vitest';
import { menuSchema } from '../../engine/contract/desktop-requests.ts';
import { chord } from '../commands/chord.ts';
import { commands } from '../commands/registry.ts';
import { en } from '../i18n/en.ts';
import { zhCN } from '../i18n/zh-CN.ts';
import { acceleratorOf } from './accelerator.ts';
import { desktopMenu } from './menu.ts';
import { shellCommands } from './shell-commands.ts';

const say = (key: string) => en[key as keyof typeof en];
const onLinux = { say, isMac: false, hasProject: true, recents: [] };
const onMac = { ...onLinux, isMac: true };
const commandsOf = (menu: ReturnType<typeof desktopMenu>) =>
  menu.flatMap(({ items }) => items.flatMap((item) => (item.kind === 'command' ? [item] : [])));

test('every command of the registry is in the menu bar once, in words of the tables', () => {
  for (const options of [onLinux, onMac]) {
    const names = commandsOf(desktopMenu(options)).map(({ name }) => name);
    expect(names.sort()).toEqual([...Object.keys(commands), ...Object.keys(shellCommands)].sort());
  }
  const split = commandsOf(desktopMenu(onLinux)).find(({ name }) => name === 'split');
  expect(split).toMatchObject({ label: 'Split at playhead', accelerator: 'CommandOrControl+K' });
});

test('the bar is one that the shell lets through, in both languages', () => {
  for (const table of [en, zhCN] as const) {
    const menu = desktopMenu({ ...onMac, say: (key) => (table as Record<string, string>)[key] ?? '' });
    expect(menuSchema.parse(menu)).toEqual(menu);
  }
});

test('the File menu opens windows, and projects of before by their names', () => {
  const recents = [
    { folder: '/films/Boat', name: 'Boat' },
    { folder: '/films/Moon', name: 'Moon' },
    { folder: '/old/Moon', name: 'Moon' },
  ];
  const menu = desktopMenu({ ...onLinux, recents });
  expect(menuSchema.parse(menu)).toEqual(menu);
  const [file] = menu;
  expect(file?.items[0]).toEqual({ kind: 'new-window', label: 'New window' });
  expect(file?.items).toContainEqual({
    kind: 'submenu',
    label: 'Recent projects',
    items: [
      { kind: 'project', folder: '/films/Boat', label: 'Boat' },
      { kind: 'project', folder: '/films/Moon', label: 'Moon (/films/Moon)' },
      { kind: 'project', folder: '/old/Moon', label: 'Moon (/old/Moon)' },
    ],
  });
});

test('it reads from the program to the window, with the program itself first on a Mac', () => {
  const labels = (options: typeof onLinux) => desktopMenu(options).map(({ label }) => label);
  expect(labels(onLinux)).toEqual(['File', 'Edit', 'Play', 'Timeline', 'Media and generation', 'Window']);
  expect(labels(onMac)).toEqual(['Shotloom', ...labels(onLinux)]);
});

test('without a project only what needs none can be chosen', () => {
  const enabled = commandsOf(desktopMenu({ ...onLinux, hasProject: false })).filter(({ isEnabled }) => isEnabled);
  expect(enabled.map(({ name }) => name)).toEqual(['newProject', 'openProject', 'settings']);
});

test.each([
  ['Mod+k', 'CommandOrControl+K'],
  ['Mod+Shift+z', 'CommandOrControl+Shift+Z'],
  ['Alt+Shift+ArrowLeft', 'Alt+Shift+Left'],
  ['Mod+`', 'CommandOrControl+`'],
  ['Space', 'Space'],
  ['KeyJ', 'J'],
  ['Shift+F6', 'Shift+F6'],
  ['BracketLeft', '['],
])('%s is spelled %s', (keys, accelerator) => {
  expect(acceleratorOf(chord(keys), false)).toBe(accelerator);
});

test('a Mac menu takes no bare key from whoever is typing', () => {
  const keys = commandsOf(desktopMenu(onMac)).flatMap(({ accelerator }) => accelerator ?? []);
  expect(keys.length).toBeGreaterThan(5);
  expect(keys.filter((each) => !each.startsWith('CommandOrControl+'))).toEqual([]);
});

test('every key of the registry can be spelled', () => {
  const shown = commandsOf(desktopMenu(onLinux)).filter(({ accelerator }) => accelerator !== undefined);
  expect(shown.map(({ name }) => name).sort()).toEqual(Object.keys(commands).sort());
});
