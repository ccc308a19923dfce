import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CacheMoveProgress } from '../contract/settings.ts';
import { cacheFolderOf } from './cache-place.ts';
import { type Caches, openCaches } from './caches.ts';

/** Another disk than the one that temporary files lie on, where this system has one for everybody. */
const otherDisk = '/dev/shm';
const disks = [tmpdir(), ...(existsSync(otherDisk) ? [otherDisk] : [])];

let home = '';
let target = '';
let chosen = '';
let caches: Caches;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'shotloom home '));
  chosen = '';
  start();
});
afterEach(() => {
  caches.close();
  for (const folder of [home, target]) rmSync(folder, { recursive: true, force: true });
});

/** An engine's caches, as at its start. */
function start() {
  caches = openCaches({
    settingsFolder: home,
    usualPlace: join(home, 'cache'),
    chosenFolder: () => chosen,
    capBytes: () => 1e9,
    now: () => new Date('2026-11-22T00:00:00.000Z'),
  });
}
function chooseOn(disk: string) {
  target = mkdtempSync(join(disk, "shotloom 新 'm' "));
}

/** Opens a project and makes something of its takes. */
async function opened(project: string, bytes = 100_000) {
  const cache = await caches.open(project);
  mkdirSync(join(cache.folder(), 'a-take'), { recursive: true });
  writeFileSync(join(cache.folder(), 'a-take', 'proxy.mp4'), Buffer.alloc(bytes, project));
  return cache;
}
const proxyOf = (place: string, project: string) => join(cacheFolderOf(place, project), 'a-take', 'proxy.mp4');

async function move(
  folder: string,
  { onProgress = () => {}, signal = new AbortController().signal, refuses = false } = {} as {
    onProgress?: (progress: CacheMoveProgress) => void;
    signal?: AbortSignal;
    refuses?: boolean;
  },
) {
  const keep = async () => {
    if (refuses) throw new Error('the settings cannot be written');
    chosen = folder;
  };
  await caches.move({ folder, onProgress, signal, keep });
}

describe.each(disks)('to a folder on %s', (disk) => {
  beforeEach(() => chooseOn(disk));

  test('every cache is moved, bytes and all; the old folder is empty, and what is made next lies in the new', async () => {
    for (const project of ['/films/Boat', '/films/Moon']) await (await opened(project)).close();
    const told: CacheMoveProgress[] = [];
    await move(target, { onProgress: (progress) => told.push(progress) });
    const place = join(target, 'Shotloom cache');
    expect(caches.place()).toBe(place);
    for (const project of ['/films/Boat', '/films/Moon']) {
      expect(readFileSync(proxyOf(place, project))).toEqual(Buffer.alloc(100_000, project));
    }
    expect([told[0], told.at(-1)]).toEqual([
      { movedBytes: 0, totalBytes: 200_000 },
      { movedBytes: 200_000, totalBytes: 200_000 },
    ]);
    expect(await caches.sweep()).toBe(200_000);
    expect(existsSync(join(home, 'cache'))).toBe(false);
    const storm = await opened('/films/Storm');
    expect(existsSync(proxyOf(place, '/films/Storm'))).toBe(true);
    await storm.close();
  });

  test('a project that is open keeps what it reads until it is closed, and goes on in the new folder', async () => {
    const boat = await opened('/films/Boat');
    const old = join(boat.folder(), 'a-take', 'proxy.mp4');
    await move(target);
    const place = join(target, 'Shotloom cache');
    expect(boat.folder()).toBe(cacheFolderOf(place, '/films/Boat'));
    await caches.empty();
    expect([old, proxyOf(place, '/films/Boat')].map((each) => existsSync(each))).toEqual([true, true]);
    await boat.close();
    await caches.sweep();
    expect([old, proxyOf(place, '/films/Boat')].map((each) => existsSync(each))).toEqual([false, true]);
  });

  test('what an export is still making stays with it: the new folder gets what is made of takes, and nothing half-made', async () => {
    const boat = await opened('/films/Boat');
    const sound = join(boat.folder(), 'export-1234.pending', 'sound', 'a.wav');
    mkdirSync(dirname(sound), { recursive: true });
    writeFileSync(sound, Buffer.alloc(50_000));
    expect(await caches.bytes()).toBe(100_000);
    await move(target);
    expect(existsSync(sound)).toBe(true);
    expect(readdirSync(boat.folder()).sort()).toEqual(['a-take', 'cache.json', expect.stringMatching(/^open\./)]);
    await boat.close();
  });

  test('cancelled midway, caches lie where they lay and the new folder is as it was', async () => {
    writeFileSync(join(target, 'rushes.mov'), '');
    for (const project of ['/films/Boat', '/films/Moon', '/films/Storm']) await (await opened(project)).close();
    const stop = new AbortController();
    const onProgress = ({ movedBytes }: CacheMoveProgress) => movedBytes > 100_000 && stop.abort();
    await expect(move(target, { onProgress, signal: stop.signal })).rejects.toThrow('aborted');
    expect([caches.place(), chosen]).toEqual([join(home, 'cache'), '']);
    expect(await caches.sweep()).toBe(300_000);
    expect(readdirSync(target)).toEqual(['rushes.mov']);
  });

  test('a new cap is not kept waiting by a move', async () => {
    await (await opened('/films/Boat')).close();
    const keep = () => caches.holdToNewCap(); // would each wait for the other
    await caches.move({ folder: target, onProgress: () => {}, signal: new AbortController().signal, keep });
    expect(await caches.sweep()).toBe(100_000);
  });

  test('a choice that cannot be kept moves nothing', async () => {
    await (await opened('/films/Boat')).close();
    await expect(move(target, { refuses: true })).rejects.toThrow('cannot be written');
    expect(caches.place()).toBe(join(home, 'cache'));
    expect(await caches.sweep()).toBe(100_000);
    expect(readdirSync(target)).toEqual([]);
  });
});

describe('from one start to the next', () => {
  beforeEach(() => chooseOn(tmpdir()));

  test('what a killed engine left of a move goes, wherever it was, and nothing of the caches that count', async () => {
    await (await opened('/films/Boat')).close();
    await move(target);
    caches.close(); // killed before it could tidy up
    const half = join(home, 'cache', `${'0'.repeat(32)}.1234.pending`);
    mkdirSync(half, { recursive: true });
    start();
    expect(await caches.bytes()).toBe(200_000);
    expect(await caches.sweep()).toBe(100_000);
    expect(existsSync(half)).toBe(false);
    expect(existsSync(proxyOf(join(target, 'Shotloom cache'), '/films/Boat'))).toBe(true);
  });

  test('while the disk of the chosen folder is away the usual one serves; back again, its caches are still there', async () => {
    await (await opened('/films/Boat')).close();
    await move(target);
    caches.close();
    chosen = `${target} away`;
    start();
    expect(caches.place()).toBe(join(home, 'cache'));
    caches.close();
    chosen = target;
    start();
    await caches.sweep();
    expect(existsSync(proxyOf(caches.place(), '/films/Boat'))).toBe(true);
  });

  test('an engine that started before another moved the caches leaves those alone', async () => {
    await (await opened('/films/Boat')).close();
    const earlier = caches;
    start();
    await move(target);
    chosen = ''; // what the earlier one read at its start
    await earlier.empty();
    expect(existsSync(proxyOf(join(target, 'Shotloom cache'), '/films/Boat'))).toBe(true);
    earlier.close();
  });

  test('back to the folder that Shotloom keeps', async () => {
    await move(target);
    await (await opened('/films/Boat')).close();
    await move('');
    expect(readFileSync(proxyOf(join(home, 'cache'), '/films/Boat'))).toEqual(Buffer.alloc(100_000, '/films/Boat'));
  });
});

test.each([
  ['that is not there', () => join(home, 'nowhere'), 'folder-missing'],
  ['that is named from nowhere', () => 'films', 'folder-missing'],
  ['that is a file', () => join(home, 'cache-places.json'), 'not-writable'],
  ['in the cache of a project', () => cacheFolderOf(join(home, 'cache'), '/films/Boat'), 'inside-cache'],
])('a folder %s is refused', async (_, folder, code) => {
  await (await opened('/films/Boat')).close();
  await caches.sweep();
  await expect(move(folder())).rejects.toMatchObject({ failure: { code } });
  expect(caches.place()).toBe(join(home, 'cache'));
});
