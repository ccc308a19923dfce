import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSettings } from './settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom 设置 '));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});
const file = () => join(folder, 'settings.json');
const never = new AbortController().signal;

test('what is set is there at the next start, and what was never set is absent', async () => {
  const settings = openSettings(folder);
  expect(settings.now()).toEqual({});
  await settings.change({ theme: 'light' });
  await settings.change({ language: 'zh-CN' });
  expect(openSettings(folder).now()).toEqual({ theme: 'light', language: 'zh-CN' });
});

test('whoever follows is told the settings at once and at every change, until they go', async () => {
  const settings = openSettings(folder);
  const leaving = new AbortController();
  const told = settings.follow(leaving.signal);
  expect((await told.next()).value).toEqual({ settings: {} });
  const next = told.next();
  await settings.change({ motion: 'reduced' });
  expect((await next).value).toEqual({ settings: { motion: 'reduced' } });
  const last = told.next();
  leaving.abort();
  expect((await last).done).toBe(true);
});

test('changes asked for at the same time all take hold', async () => {
  const settings = openSettings(folder);
  await Promise.all([settings.change({ theme: 'dark' }), settings.change({ motion: 'full' })]);
  expect(openSettings(folder).now()).toEqual({ theme: 'dark', motion: 'full' });
});

test('two engines of one home do not undo each other', async () => {
  const [one, other] = [openSettings(folder), openSettings(folder)];
  await one.change({ theme: 'light' });
  await other.change({ language: 'en' });
  expect(other.now()).toEqual({ theme: 'light', language: 'en' });
});

test.each([
  ['cut off midway', '{"version":1,"theme":"li'],
  ['with a word nobody knows', '{"version":1,"theme":"blue"}'],
  ['of a later version', '{"version":2,"theme":"light"}'],
  ['with a cache of nothing', '{"version":1,"cacheCapBytes":0}'],
])('a file %s is set aside and told of, and the program starts from nothing', async (_, text) => {
  writeFileSync(file(), text);
  const settings = openSettings(folder, () => new Date('2026-11-21T20:30:00.000Z'));
  const setAside = join(folder, 'settings.broken-2026-11-21T20-30-00-000Z.json');
  expect((await settings.follow(never).next()).value).toEqual({ settings: {}, setAside });
  expect(readFileSync(setAside, 'utf8')).toBe(text);
  await settings.change({ theme: 'light' });
  expect(openSettings(folder).now()).toEqual({ theme: 'light' });
});

test('a change that cannot be written is refused, and changes nothing', async () => {
  const settings = openSettings(folder);
  await settings.change({ theme: 'light' });
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'in the way'); // root may write into any folder, but not into a file
  await expect(settings.change({ theme: 'dark' })).rejects.toMatchObject({ failure: { code: 'not-writable' } });
  expect(settings.now()).toEqual({ theme: 'light' });
});

test('nothing half-written is left beside it', async () => {
  await openSettings(folder).change({ theme: 'light' });
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
