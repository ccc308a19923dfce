import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reportText } from './report.ts';

let logFolder = '';
beforeEach(() => {
  logFolder = mkdtempSync(join(tmpdir(), 'shotloom report '));
  writeFileSync(join(logFolder, 'engine.log.1'), `${JSON.stringify({ msg: 'the engine started' })}\n`);
  const failed = {
    err: { message: `media-unreadable: {"path":"${homedir()}/Rushes/Take 1.mov"}` },
    msg: 'work failed',
  };
  writeFileSync(join(logFolder, 'engine.log'), `${JSON.stringify(failed)}\n`);
});
afterEach(() => rmSync(logFolder, { recursive: true, force: true }));

const sources = () => ({
  findings: [{ name: 'ffmpeg', standing: 'broken' as const, detail: '/opt/my tools/ffmpeg is not a program' }],
  settings: { theme: 'light', packFolder: '/data/Packs of Mira' } as const,
  logFolder,
  now: new Date('2026-11-21T21:00:00.000Z'),
});

test('a report says what this machine is, what does not work, what was set, and what the log ends with', async () => {
  const text = await reportText({ ...sources(), withPaths: false });
  expect(text).toContain('Shotloom report, 2026-11-21T21:00:00.000Z');
  expect(text).toContain('✗ ffmpeg');
  expect(text).toContain('theme "light"');
  expect(text.indexOf('the engine started')).toBeGreaterThan(0);
  expect(text.indexOf('work failed')).toBeGreaterThan(text.indexOf('the engine started'));
});

test('it names no folder and no file unless that is wanted, and the home folder never', async () => {
  const plain = await reportText({ ...sources(), withPaths: false });
  expect(plain).not.toMatch(/Rushes|Take 1|my tools|Mira/);
  const withPaths = await reportText({ ...sources(), withPaths: true });
  expect(withPaths).toContain('~/Rushes/Take 1.mov');
  expect(withPaths).toContain('/opt/my tools/ffmpeg');
  expect(withPaths).toContain('/data/Packs of Mira');
  expect(withPaths).not.toContain(homedir());
});

test('of a long log the end is kept', async () => {
  const lines = Array.from({ length: 30_000 }, (_, count) =>
    JSON.stringify({ count, msg: 'a line of some length here' }),
  );
  writeFileSync(join(logFolder, 'engine.log'), `${lines.join('\n')}\n`);
  const text = await reportText({ ...sources(), withPaths: false });
  expect(text.length).toBeLessThan(1_100_000);
  expect(text).toContain('"count":29999');
  expect(text).not.toContain('"count":0,');
});
