import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { referenceTo } from './file-reference.ts';
import { type Finding, findByContent, type SearchLimits, type WantedFile } from './find-by-content.ts';

let disk = '';
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), "shotloom search 漢字 'é' "));
});
afterEach(() => rmSync(disk, { recursive: true, force: true }));

const wide: SearchLimits = { depth: 8, fileCount: 1000 };

function file(name: string, content: string): string {
  const path = join(disk, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** A file as a take remembers it. */
async function remembered(path: string): Promise<WantedFile<string>> {
  return { key: path, reference: await referenceTo(path, disk) };
}

async function search(
  wanted: readonly WantedFile<string>[],
  limits = wide,
  signal = new AbortController().signal,
): Promise<Finding<string>[]> {
  const told: Finding<string>[] = [];
  for await (const finding of findByContent(wanted, [disk], limits, signal)) told.push(finding);
  return told;
}

test('a file that was moved and renamed is found by what is in it, among others of its size', async () => {
  const clip = file('day 1/a.mov', 'harbour at dawn');
  const wanted = await remembered(clip);
  mkdirSync(join(disk, 'day 2/cards'), { recursive: true });
  const moved = join(disk, 'day 2/cards/HARBOUR.MOV');
  renameSync(clip, moved);
  file('day 1/a.mov', 'harbour at dusk');
  file('day 1/b.mov', 'harbour');
  expect(await search([wanted])).toEqual([
    { kind: 'found', key: clip, path: moved },
    { kind: 'ended', fileCount: 3, isCutShort: false },
  ]);
});

test('a search that has found everything looks no further', async () => {
  const wanted = await remembered(file('a.mov', 'one'));
  file('deep/b.mov', 'two');
  expect(await search([wanted])).toContainEqual({ kind: 'ended', fileCount: 1, isCutShort: false });
});

test('hidden folders are passed over, and a link that leads back is not followed', async () => {
  const wanted = await remembered(file('a.mov', 'one'));
  mkdirSync(join(disk, '.trash'));
  renameSync(join(disk, 'a.mov'), join(disk, '.trash/a.mov'));
  mkdirSync(join(disk, 'deep'));
  symlinkSync(disk, join(disk, 'deep/round'));
  expect(await search([wanted])).toEqual([{ kind: 'ended', fileCount: 0, isCutShort: false }]);
});

test.each([
  ['files', { depth: 8, fileCount: 2 }],
  ['depth', { depth: 0, fileCount: 1000 }],
])('a search that its limit of %s ends says that there was more', async (_, limits) => {
  const wanted = await remembered(file('deep/far/a.mov', 'one'));
  for (const name of ['x', 'y', 'deep/z']) file(name, name);
  const ended = (await search([wanted], limits)).at(-1);
  expect(ended).toEqual({ kind: 'ended', fileCount: 2, isCutShort: true });
});

test('a search that is stopped ends without another word', async () => {
  const wanted = await remembered(file('a.mov', 'one'));
  expect(await search([wanted], wide, AbortSignal.abort())).toEqual([]);
});
