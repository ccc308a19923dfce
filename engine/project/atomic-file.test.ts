import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomically } from './atomic-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shotloom 文 'f' "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file written by several at once holds what one of them wrote, whole', async () => {
  const path = join(folder, 'order.json');
  const texts = Array.from({ length: 8 }, (_, index) => `${index}`.repeat(50_000 + index));
  await Promise.all(texts.map((text) => writeFileAtomically(path, text)));
  expect(texts).toContain(readFileSync(path, 'utf8'));
  expect(readdirSync(folder)).toEqual(['order.json']);
});

test('a file that cannot be replaced is left as it is, and nothing beside it', async () => {
  await writeFileAtomically(join(folder, 'film.json', '..', 'kept'), 'old');
  await expect(writeFileAtomically(join(folder, 'kept', 'below'), 'new')).rejects.toThrow();
  expect([readdirSync(folder), readFileSync(join(folder, 'kept'), 'utf8')]).toEqual([['kept'], 'old']);
});
