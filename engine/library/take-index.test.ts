import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PackId } from '../contract/ids.ts';
import type { TakeRecord } from '../contract/take.ts';
import { takeOf } from '../document/film-notation.ts';
import type { TakeId } from '../document/ids.ts';
import { layoutOf, type ProjectLayout } from '../project/layout.ts';
import { type ShotOrder, sweepUnfinished, takeFile, writeOrder, writeTake } from './take-folder.ts';
import { readTakes } from './take-index.ts';

let layout: ProjectLayout;
let index: DatabaseSync;
beforeEach(() => {
  layout = layoutOf(mkdtempSync(join(tmpdir(), "shotloom 版 't' ")));
  mkdirSync(layout.takes);
  index = new DatabaseSync(':memory:');
});
afterEach(() => {
  index.close();
  rmSync(layout.folder, { recursive: true, force: true });
});

function record(id: string, createdAt = '2026-01-01T00:00:00.000Z'): TakeRecord {
  const file = { absolutePath: `/films/${id}.mp4`, sizeBytes: 1, modifiedMs: 1, sampleHash: 'f' };
  const media = { container: 'mp4' };
  return { version: 1, facts: takeOf(id), createdAt, origin: { kind: 'imported', file, media } };
}

function order(id: string): ShotOrder {
  return {
    version: 1,
    facts: { ...takeOf(id), origin: 'generated' },
    request: {
      task: 'text',
      prompt: 'a red boat',
      packId: 'loom-mini' as PackId,
      frameCount: 17,
      widthPx: 288,
      heightPx: 160,
      seed: 1,
      steps: 8,
      guidanceScale: 2,
    },
    destination: 'timeline',
    orderedAt: '2026-01-01T00:00:00.000Z',
    status: { kind: 'waiting' },
  };
}

const idsOf = async () => (await readTakes(layout, index)).takes.map(({ facts }) => facts.id);

test('a folder with a record is a take, one with an order is a shot to be made, and no other is anything', async () => {
  await writeTake(layout, record('B', '2026-01-02T00:00:00.000Z'));
  await writeTake(layout, record('A'));
  await writeOrder(layout, order('S'));
  mkdirSync(layout.take('empty' as TakeId));
  mkdirSync(join(layout.takes, 'not an id'));
  const inventory = await readTakes(layout, index);
  expect(inventory.takes).toEqual([record('A'), record('B', '2026-01-02T00:00:00.000Z')]);
  expect([inventory.orders, inventory.unreadable]).toEqual([[order('S')], []]);
});

test('a shot that was made is no order any more', async () => {
  await writeOrder(layout, order('S'));
  await writeTake(layout, record('S'));
  expect(readdirSync(layout.take('S' as TakeId))).toEqual(['take.json']);
});

test('what a killed shot left beside its order is swept', async () => {
  await writeOrder(layout, order('S'));
  writeFileSync(join(layout.take('S' as TakeId), 'frames.mkv.1a2b.pending'), 'half');
  await sweepUnfinished(layout, 'S' as TakeId);
  expect(readdirSync(layout.take('S' as TakeId))).toEqual(['order.json']);
});

test('the index answers for records it has seen, and the folders are the truth', async () => {
  await writeTake(layout, record('A'));
  expect(await idsOf()).toEqual(['A']);
  expect(index.prepare('SELECT count(*) AS count FROM takes').get()).toEqual({ count: 1 });
  // A record in the index alone, of the very size and time: what is remembered is what is answered.
  index.exec("UPDATE takes SET record = replace(record, '/films/A.mp4', '/films/Z.mp4')");
  expect((await readTakes(layout, index)).takes[0]?.origin).toMatchObject({ file: { absolutePath: '/films/Z.mp4' } });
  await writeTake(layout, { ...record('A'), createdAt: '2026-02-01T00:00:00.000Z' });
  expect((await readTakes(layout, index)).takes[0]?.origin).toMatchObject({ file: { absolutePath: '/films/A.mp4' } });
  rmSync(layout.take('A' as TakeId), { recursive: true });
  expect(await idsOf()).toEqual([]);
  expect(index.prepare('SELECT count(*) AS count FROM takes').get()).toEqual({ count: 0 });
});

test('a record that cannot be read, or is another take’s, is named and left as it is', async () => {
  await writeTake(layout, record('A'));
  await writeTake(layout, record('B'));
  await writeTake(layout, record('C'));
  writeFileSync(takeFile(layout, 'A' as TakeId), '{');
  writeFileSync(takeFile(layout, 'B' as TakeId), JSON.stringify(record('X')));
  const inventory = await readTakes(layout, index);
  expect([inventory.takes.map(({ facts }) => facts.id), inventory.unreadable.toSorted()]).toEqual([['C'], ['A', 'B']]);
  expect(readdirSync(layout.takes)).toHaveLength(3);
});

test('takes are read though the index cannot be written, on a full disk say', async () => {
  for (const id of 'ABCDEFGHIJKLMNOPQRST') await writeTake(layout, record(id));
  index.exec('PRAGMA max_page_count = 3');
  expect(await idsOf()).toHaveLength(20);
  const full = new DatabaseSync(':memory:');
  full.exec('PRAGMA max_page_count = 1'); // not even the table of takes fits
  expect((await readTakes(layout, full)).takes).toHaveLength(20);
});

test('however many takes are new, the index is written once', async () => {
  const ids = Array.from({ length: 30 }, (_, count) => `T${count}`);
  for (const id of ids) await writeTake(layout, record(id));
  const file = join(layout.folder, 'library.db');
  const onDisk = new DatabaseSync(file);
  expect((await readTakes(layout, onDisk)).takes).toHaveLength(30);
  onDisk.close();
  // The table is one change of the file, all its rows another.
  expect(readFileSync(file).readUInt32BE(changesAt)).toBe(2);
});

/** Where a database file counts the transactions that changed it. Source: sqlite.org/fileformat2.html §1.3. */
const changesAt = 24;
