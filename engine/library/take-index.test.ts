import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { samples } from '../document/time.ts';
import { layoutOf } from '../project/layout.ts';
import { writeTake } from './take-folder.ts';
import { readTakes } from './take-index.ts';

const layout = layoutOf(mkdtempSync(join(tmpdir(), 'shotloom takes ')));
afterAll(() => rmSync(layout.folder, { recursive: true, force: true }));

const record: TakeRecord = {
  version: 1,
  facts: {
    id: 'take-1' as TakeId,
    name: 'theme '.repeat(60),
    origin: 'imported',
    sound: { sampleRateHz: 48000, sampleCount: samples(480) },
  },
  createdAt: '2026-11-20T12:00:00.000Z',
  origin: {
    kind: 'imported',
    file: { absolutePath: '/theme.wav', sizeBytes: 1, modifiedMs: 0, sampleHash: 'a' },
    media: {
      container: 'wav',
      sound: { streamIndex: 0, codec: 'pcm_s16le', channelCount: 2, sampleRateHz: 48000, startsAtSample: 0 },
    },
  },
};

test('takes are read although the index has no room to remember them', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('PRAGMA page_size = 512');
  mkdirSync(layout.takes);
  await readTakes(layout, database); // makes the index
  await writeTake(layout, record);
  database.exec('PRAGMA max_page_count = 2');
  for (let opening = 0; opening < 2; opening++) {
    const { takes, unreadable } = await readTakes(layout, database);
    expect([takes, unreadable]).toEqual([[record], []]);
  }
  expect(database.prepare('SELECT count(*) AS count FROM takes').get()).toEqual({ count: 0 });
  database.close();
});
