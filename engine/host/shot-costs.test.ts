import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PackId } from '../contract/ids.ts';
import { openShotCosts } from './shot-costs.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom-costs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pack = 'loom-mini' as PackId;
const costs = { loadSeconds: 1, secondsPerKiloToken: 2, secondsPerMegapixel: 3, bytesPerToken: 4, fileShare: 0.3 };

test('what shots cost is known after the next start, too', async () => {
  await openShotCosts(folder).learn(pack, 'cpu', costs);
  expect(openShotCosts(folder).of(pack)).toMatchObject(costs);
  expect(openShotCosts(folder).of('another' as PackId)).toBeUndefined();
});

test('what a shot cost on one device says nothing of another: there it is learnt anew', async () => {
  const book = openShotCosts(folder);
  await book.learn(pack, 'cpu', costs);
  expect(book.of(pack, 'webgpu')).toBeUndefined();
  await book.learn(pack, 'webgpu', { ...costs, secondsPerKiloToken: 0.1 });
  expect(book.of(pack)).toMatchObject({ secondsPerKiloToken: 0.1 });
  expect(book.of(pack, 'cpu')).toBeUndefined();
});

test('a book of before there was a choice knows the processor, and a broken one is begun anew', () => {
  const path = join(folder, 'shot-costs.json');
  writeFileSync(path, JSON.stringify({ [pack]: costs }));
  expect(openShotCosts(folder).of(pack, 'cpu')).toMatchObject(costs);
  writeFileSync(path, '{"loom-mini":');
  expect(openShotCosts(folder).of(pack)).toBeUndefined();
});
