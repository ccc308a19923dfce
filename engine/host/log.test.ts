import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engineLog } from './log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(['/home/mira', "C:\\Users\\美 O'Neil"])('a log can be sent as it is: %s is not in it', (home) => {
  engineLog(folder, 'info', home).error({ err: new Error(`${home}/film cannot be read`), path: home }, 'work failed');
  const line = readFileSync(join(folder, 'engine.log'), 'utf8');
  expect(JSON.parse(line)).toMatchObject({ path: '~', err: { message: '~/film cannot be read' } });
  expect(line).not.toMatch(/mira|Neil/);
});

test('five files of five megabytes are kept, the newest under the plain name', () => {
  const log = engineLog(folder, 'info');
  for (let turn = 1; turn <= 7; turn++) {
    log.info(`turn ${turn}`);
    writeFileSync(join(folder, 'engine.log'), 'x'.repeat(5 * 1024 * 1024 + 1), { flag: 'a' });
    engineLog(folder, 'info').info('over the edge');
  }
  expect(readdirSync(folder).toSorted()).toEqual([
    'engine.log',
    'engine.log.1',
    'engine.log.2',
    'engine.log.3',
    'engine.log.4',
  ]);
  expect(readFileSync(join(folder, 'engine.log'), 'utf8')).toContain('over the edge');
});
