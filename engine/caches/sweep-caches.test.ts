import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheFolderOf, cachesIn } from './cache-place.ts';
import { type Caches, openCaches } from './caches.ts';

let home = '';
let place = '';
let capBytes = 1000;
let day = 0;
let caches: Caches;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "shotloom 缓存 'c' "));
  place = join(home, 'cache');
  day = 0;
  capBytes = 1000;
  caches = openCaches({
    settingsFolder: home,
    usualPlace: place,
    chosenFolder: () => '',
    capBytes: () => capBytes,
    now: () => new Date(Date.UTC(2026, 10, ++day)),
  });
});
afterEach(() => {
  caches.close();
  rmSync(home, { recursive: true, force: true });
});

/** Opens a project, as an engine does, and makes so many bytes of its takes. */
async function opened(project: string, bytes: number) {
  const cache = await caches.open(project);
  mkdirSync(join(cache.folder(), 'a-take'), { recursive: true });
  writeFileSync(join(cache.folder(), 'a-take', 'proxy.mp4'), Buffer.alloc(bytes));
  return cache;
}
async function closed(project: string, bytes: number) {
  await (await opened(project, bytes)).close();
}
const has = (project: string) => existsSync(join(cacheFolderOf(place, project), 'a-take', 'proxy.mp4'));

test('caches within the cap stay as they are', async () => {
  await closed('/films/Boat', 300);
  await closed('/films/Moon', 300);
  await caches.sweep();
  expect(['/films/Boat', '/films/Moon'].map(has)).toEqual([true, true]);
});

test('past the cap projects opened longest ago give theirs up first, however many were opened since', async () => {
  const films = Array.from({ length: 30 }, (_, index) => `/films/${index}`);
  for (const film of films) await closed(film, 190);
  await closed('/films/3', 190); // opened again
  capBytes = 5 * 190;
  await caches.sweep();
  expect(films.filter(has)).toEqual(['/films/3', '/films/26', '/films/27', '/films/28', '/films/29']);
});

test('a project that is open keeps its cache, whatever the cap, and others make room for it', async () => {
  const boat = await opened('/films/Boat', 1200);
  await closed('/films/Moon', 100);
  await caches.sweep();
  expect(['/films/Boat', '/films/Moon'].map(has)).toEqual([true, false]);
  await boat.close();
  expect(await caches.empty()).toBe(0);
  expect(existsSync(place)).toBe(false); // the last cache takes the folder along
});

test('a project that another engine has open keeps its cache; one whose engine was killed does not', async () => {
  await closed('/films/Boat', 100);
  await closed('/films/Moon', 100);
  writeFileSync(join(cacheFolderOf(place, '/films/Boat'), `open.${process.ppid}`), '');
  writeFileSync(join(cacheFolderOf(place, '/films/Moon'), 'open.999999999'), '');
  await caches.empty();
  expect(['/films/Boat', '/films/Moon'].map(has)).toEqual([true, false]);
});

test('a killed engine is told from the one that got its process id, and its note goes when the project is opened', async () => {
  await closed('/films/Boat', 100);
  const folder = cacheFolderOf(place, '/films/Boat');
  const killed = `open.${process.pid}.1`;
  for (const name of [killed, 'open.999999999']) writeFileSync(join(folder, name), '');
  expect(await cachesIn(place)).toMatchObject([{ isOpen: false }]);
  const boat = await opened('/films/Boat', 100);
  const notes = readdirSync(folder).filter((name) => name.startsWith('open.'));
  expect(notes).toHaveLength(1);
  expect(notes).not.toContain(killed);
  expect(await cachesIn(place)).toMatchObject([{ isOpen: true }]);
  await boat.close();
});

test('what was half made goes when the project is opened, unless somebody is still making it', async () => {
  await closed('/films/Boat', 100);
  const pending = join(cacheFolderOf(place, '/films/Boat'), 'a-take', 'proxy.mp4.1234.pending');
  writeFileSync(pending, '');
  const other = join(cacheFolderOf(place, '/films/Boat'), `open.${process.ppid}`);
  writeFileSync(other, '');
  await closed('/films/Boat', 100);
  expect(existsSync(pending)).toBe(true);
  rmSync(other);
  await closed('/films/Boat', 100);
  expect(existsSync(pending)).toBe(false);
});

test('a cache that an engine was killed over while it removed it goes at the next sweep', async () => {
  const boat = await opened('/films/Boat', 100);
  mkdirSync(join(place, `${'0'.repeat(32)}.1234.pending`, 'a-take'), { recursive: true });
  await caches.sweep();
  expect(await cachesIn(place)).toHaveLength(1);
  expect(readdirSync(place)).toHaveLength(1);
  await boat.close();
});

test('whatever else lies beside the caches is left alone', async () => {
  mkdirSync(join(place, 'Day 2'), { recursive: true });
  writeFileSync(join(place, 'rushes.mov'), '');
  await closed('/films/Boat', 100);
  await caches.empty();
  expect(readdirSync(place).sort()).toEqual(['Day 2', 'rushes.mov']);
});

test('a cache that lay in the project itself comes along, once', async () => {
  const former = join(home, 'film', 'cache');
  mkdirSync(join(former, 'a-take'), { recursive: true });
  writeFileSync(join(former, 'a-take', 'proxy.mp4'), 'frames');
  const cache = await caches.open(join(home, 'film'));
  await cache.takeOver(former);
  expect(has(join(home, 'film'))).toBe(true);
  expect(existsSync(former)).toBe(false);
});

test('a project opens though its cache has nowhere to lie', async () => {
  writeFileSync(place, 'in the way');
  const cache = await caches.open('/films/Boat');
  expect(await caches.sweep()).toBe(0);
  await cache.close();
});
