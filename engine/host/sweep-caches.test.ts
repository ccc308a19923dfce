import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { layoutOf } from '../project/layout.ts';
import { lockProject } from '../project/lock.ts';
import { cacheBytes, sweepCaches } from './sweep-caches.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'shotloom sweep '));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** A project with a take and a cache of so many bytes, in two folders. */
function project(name: string, bytes: number): string {
  const layout = layoutOf(join(home, name));
  for (const key of ['one', 'two']) {
    mkdirSync(join(layout.cache, key), { recursive: true });
    writeFileSync(join(layout.cache, key, 'proxy.mp4'), Buffer.alloc(bytes / 2));
  }
  mkdirSync(layout.takes, { recursive: true });
  writeFileSync(join(layout.takes, 'take.json'), '{}');
  return layout.folder;
}

const hasCache = (folder: string) => existsSync(layoutOf(folder).cache);

test('caches within the cap stay as they are', async () => {
  const projects = [project('new', 600), project('old', 400)];
  expect(await sweepCaches({ projects, capBytes: 1000 })).toBe(1000);
  expect(projects.map(hasCache)).toEqual([true, true]);
});

test('past the cap the project opened longest ago gives up its cache, and nothing else of it', async () => {
  const projects = [project('new', 600), project('old', 600)];
  expect(await sweepCaches({ projects, capBytes: 1000 })).toBe(600);
  expect(projects.map(hasCache)).toEqual([true, false]);
  expect(readdirSync(join(home, 'old'), { recursive: true }).sort()).toEqual(['takes', 'takes/take.json']);
});

test('a project that is open keeps its cache, whatever the cap, and others make room for it', async () => {
  const projects = [project('closed', 600), project('open', 800)];
  const lock = lockProject(layoutOf(join(home, 'open')), { path: '/run/x', tokenFile: '/run/x.token' });
  expect(await sweepCaches({ projects, capBytes: 1000 })).toBe(800);
  expect(projects.map(hasCache)).toEqual([false, true]);
  lock.release();
  expect(await sweepCaches({ projects, capBytes: 700 })).toBe(0);
  expect(projects.map(hasCache)).toEqual([false, false]);
});

test('a cache that an engine was killed over while it removed it goes at the next sweep', async () => {
  const projects = [project('new', 600)];
  mkdirSync(join(home, 'new', 'cache.1234.pending', 'one'), { recursive: true });
  await sweepCaches({ projects, capBytes: 1000 });
  expect(readdirSync(join(home, 'new')).sort()).toEqual(['cache', 'takes']);
});

test('a project whose folder is gone takes nothing', async () => {
  expect(await cacheBytes(join(home, 'nowhere'))).toBe(0);
  expect(await sweepCaches({ projects: [join(home, 'nowhere')], capBytes: 0 })).toBe(0);
});
