import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pathWithout } from './without-program.mjs';

const root = mkdtempSync(join(tmpdir(), "shotloom 路径 it's "));
afterAll(() => rmSync(root, { recursive: true }));

test.skipIf(process.platform === 'win32')('one program is found nowhere any more, and every other where it was', () => {
  program('first', 'ffmpeg', 'first');
  program('second', 'ffmpeg', 'second');
  program('second', 'ffprobe', 'probe');
  program('second', 'mix', 'mix');
  // As Debian's /bin is: another name for the same folder.
  symlinkSync(join(root, 'second'), join(root, 'third'));
  const places = ['first', 'second', 'third', 'not there'].map((name) => join(root, name));
  const path = pathWithout('ffprobe', places.join(delimiter), join(root, 'links'));
  const said = (name: string) => spawnSync(name, { env: { PATH: path }, encoding: 'utf8' });
  expect(said('ffprobe').error).toMatchObject({ code: 'ENOENT' });
  expect([said('ffmpeg').stdout, said('mix').stdout]).toEqual(['first\n', 'mix\n']);
  // A second run begins anew.
  expect(pathWithout('ffprobe', places.join(delimiter), join(root, 'links'))).toBe(path);
});

/** A program that says a word. */
function program(folder: string, name: string, says: string): void {
  mkdirSync(join(root, folder), { recursive: true });
  const path = join(root, folder, name);
  writeFileSync(path, `#!/bin/sh\necho ${says}\n`);
  chmodSync(path, 0o755);
}
