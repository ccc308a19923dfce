import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reportFiles } from './report.ts';
import { zipped } from './zipped.ts';

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

/** Everything in a report, one file after the other. */
async function reportText(withPaths: boolean): Promise<string> {
  return Object.values(await reportFiles({ ...sources(), withPaths })).join('');
}

test('a report says what this machine is, what does not work, what was set, and what the log ends with', async () => {
  const { 'report.txt': report, 'engine.log': log, ...others } = await reportFiles({ ...sources(), withPaths: false });
  expect(report).toContain('Shotloom report, 2026-11-21T21:00:00.000Z');
  expect(report).toContain('✗ ffmpeg');
  expect(report).toContain('theme "light"');
  expect(log?.indexOf('the engine started')).toBeGreaterThan(0);
  expect(log?.indexOf('work failed')).toBeGreaterThan(log?.indexOf('the engine started') ?? Number.NaN);
  expect(others).toEqual({});
});

test('it names no folder and no file unless that is wanted, and the home folder never', async () => {
  expect(await reportText(false)).not.toMatch(/Rushes|Take 1|my tools|Mira/);
  const withPaths = await reportText(true);
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
  const { 'engine.log': log = '' } = await reportFiles({ ...sources(), withPaths: false });
  expect(log.length).toBeLessThan(1_100_000);
  expect(log).toContain('"count":29999');
  expect(log).not.toContain('"count":0,');
});

test('zipped, it is a twentieth of what repeats as logs do, with Chinese words whole', () => {
  const files = { 'report.txt': '✓ ffmpeg\n', 'engine.log': '{"msg":"引擎已启动"}\n'.repeat(1000) };
  const zip = zipped(files, new Date('2026-11-21T21:00:00.000Z'));
  expect(zip.length).toBeLessThan(files['engine.log'].length / 20);
  const read = Object.entries(unzipSync(zip)).map(([name, bytes]) => [name, strFromU8(bytes)]);
  expect(Object.fromEntries(read)).toEqual(files);
});
