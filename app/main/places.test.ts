import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placesOf, projectAt, projectIn, windowDataFolder } from './places.ts';

const copy = {
  here: join('/app', 'dist', 'desktop'),
  resourcesPath: '/opt/Shotloom/resources',
  platform: 'linux',
} as const;

test('a packaged engine and its Node lie outside the archive, laid out as in a checkout', () => {
  const places = placesOf({ ...copy, isPackaged: true, env: {} });
  expect(places.node).toBe('/opt/Shotloom/resources/shotloom/node/bin/node');
  expect(places.engineEntry).toBe('/opt/Shotloom/resources/shotloom/dist/node/engine.mjs');
  expect(placesOf({ ...copy, isPackaged: true, env: {}, platform: 'win32' }).node).toMatch(/node\.exe$/);
});

test('from a checkout the engine lies in a folder beside the shell, on the Node that npm start names', () => {
  const places = placesOf({ ...copy, isPackaged: false, env: { SHOTLOOM_NODE: '/node24' } });
  expect(places).toMatchObject({ node: '/node24', engineEntry: join('/app', 'dist', 'node', 'engine.mjs') });
  expect(() => placesOf({ ...copy, isPackaged: false, env: {} })).toThrow('SHOTLOOM_NODE');
});

test('what belongs to the window lies apart from the settings, and in its own home where one is given', () => {
  expect(windowDataFolder('/home/mira/.config', { platform: 'linux', env: {} })).toBe(
    '/home/mira/.config/shotloom/window',
  );
  expect(windowDataFolder('C:\\Users\\Mira\\AppData\\Roaming', { platform: 'win32', env: {} })).toBe(
    'C:\\Users\\Mira\\AppData\\Roaming\\Shotloom\\window',
  );
  expect(windowDataFolder('/x', { platform: 'linux', env: { SHOTLOOM_HOME: '/films/home' } })).toBe(
    '/films/home/window',
  );
});

test('a start is given a project by its folder or its file, between whatever switches Chromium takes', () => {
  const entry = '/app/dist/desktop/main.mjs';
  expect(projectIn(['electron', entry], '/films', entry)).toBeUndefined();
  expect(projectIn(['electron', '--no-sandbox', entry, '--lang=en', "Mira's 船"], '/films', entry)).toBe(
    "/films/Mira's 船",
  );
  expect(projectIn(['/opt/Shotloom/shotloom', '/films/Boat/film.json'], '/', entry)).toBe('/films/Boat');
  expect(projectAt('Boat', 'C:\\Films')).toBe('C:\\Films\\Boat');
  expect(projectAt('Boat', '\\\\server\\films')).toBe('\\\\server\\films\\Boat');
});
