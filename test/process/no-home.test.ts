import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), "shotloom 家 'h' "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('an engine that may not write its home ends with one sentence that names it', () => {
  // Nobody can make a folder in a file, the superuser neither.
  const home = join(folder, 'a file');
  writeFileSync(home, '');
  const engine = join(import.meta.dirname, '../../dist/node/engine.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [engine], {
    env: { ...process.env, SHOTLOOM_HOME: home },
    encoding: 'utf8',
  });
  const sentence = `Shotloom may not write ${join(home, 'settings')}. Nothing was changed. Choose another folder, or change its permissions.\n`;
  expect([status, stdout, stderr]).toEqual([73, '', sentence]);
});
