import { expect, test } from 'vitest';
import { appFolders, type Machine } from './folders.ts';

const machine = (change: Partial<Machine>): Machine => ({
  platform: 'linux',
  env: {},
  home: '/home/mira',
  temporary: '/tmp',
  userId: 1000,
  ...change,
});

test('Linux follows the XDG folders, and their variables', () => {
  expect(appFolders(machine({}))).toMatchObject({
    settings: '/home/mira/.config/shotloom',
    cache: '/home/mira/.cache/shotloom',
    packs: '/home/mira/.local/share/shotloom/packs',
    runtime: '/tmp/shotloom-1000',
  });
  expect(appFolders(machine({ env: { XDG_CACHE_HOME: '/big/cache' } })).cache).toBe('/big/cache/shotloom');
  const unusable = { XDG_CACHE_HOME: '', XDG_CONFIG_HOME: 'settings', XDG_RUNTIME_DIR: '' };
  expect(appFolders(machine({ env: unusable }))).toEqual(appFolders(machine({})));
});

test('macOS keeps to Library and Windows to AppData', () => {
  expect(appFolders(machine({ platform: 'darwin', home: '/Users/mira' })).logs).toBe(
    '/Users/mira/Library/Logs/Shotloom',
  );
  const windows = appFolders(machine({ platform: 'win32', home: "C:\\Users\\美 O'Neil" }));
  expect(windows.settings).toBe("C:\\Users\\美 O'Neil\\AppData\\Roaming\\Shotloom");
});

test('one variable gathers everything in one folder', () => {
  const folders = appFolders(machine({ env: { SHOTLOOM_HOME: '/stick' } }));
  expect(folders.settings).toBe('/stick/settings');
  expect(folders.projects).toBe('/stick/projects');
});
