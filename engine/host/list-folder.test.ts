import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { listFolder } from './list-folder.ts';

const top = mkdtempSync(join(tmpdir(), "shotloom 夹 'l' "));
const rushes = join(top, 'rushes');
mkdirSync(join(rushes, 'Day 2'), { recursive: true });
mkdirSync(join(top, 'private'));
for (const name of ['clip 10.mov', 'clip 9.mov', 'notes.txt']) writeFileSync(join(rushes, name), '');
symlinkSync(join(top, 'private'), join(rushes, 'way out'));
afterAll(() => rmSync(top, { recursive: true, force: true }));

const list = (path: string) => listFolder(path, [{ name: 'Rushes', path: rushes }], 'media');

test('a folder shows its folders first, then its footage in the order a person reads names', async () => {
  const listing = await list(rushes);
  const names = listing.kind === 'done' ? listing.value.entries.map(({ name }) => name) : [];
  expect(names).toEqual(['Day 2', 'way out', 'clip 9.mov', 'clip 10.mov']);
});

test.each([
  ['a folder that is not there', join(rushes, 'Day 3')],
  ['a folder beside the ones to be shown', join(top, 'private')],
  ['a link that leads out of them', join(rushes, 'way out')],
])('%s is out of reach', async (_, path) => {
  expect(await list(path)).toEqual({ kind: 'failed', failure: { code: 'out-of-reach', path } });
});
