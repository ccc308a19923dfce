import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourceState } from './built.mjs';

const root = mkdtempSync(join(tmpdir(), 'shotloom-built-'));
afterAll(() => rmSync(root, { recursive: true }));

test.each([
  'renderer/index.html',
  'resources/start/storm.svg',
  'resources/fonts/inter.woff2',
  'resources/icons/mark.svg',
])('a changed %s is built anew', (path) => {
  write(path, 'before');
  const before = sourceState(root);
  expect(sourceState(root)).toBe(before);
  write(path, 'after, at another size');
  expect(sourceState(root)).not.toBe(before);
});

test.each([
  'resources/models/loom-mini/pack.json',
  'resources/screenshots/edit.png',
  'build/train/loomtrain/vae.py',
  'engine/a.test.ts',
])('a changed %s is in no bundle, and nothing is built', (path) => {
  const before = sourceState(root);
  write(path, 'new');
  expect(sourceState(root)).toBe(before);
});

function write(path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, 1, 1);
}
