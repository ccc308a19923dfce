import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.ts';

const folder = mkdtempSync(join(tmpdir(), "shotloom 程 'f' "));
afterAll(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}
const [set, chosen, packaged] = ['set', 'chosen', 'packaged'].map(program);
const named = program(process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg');
const all = { environment: { FFMPEG_BIN: set, PATH: folder }, chosenPath: chosen, packagedPath: packaged };

test('what was set comes first, then what was chosen, what is packaged, and what is on the path', () => {
  expect(findFfmpeg(all)).toBe(set);
  const environment = { PATH: folder };
  expect(findFfmpeg({ ...all, environment })).toBe(chosen);
  expect(findFfmpeg({ packagedPath: packaged, environment })).toBe(packaged);
  expect(findFfmpeg({ packagedPath: join(folder, 'gone'), environment })).toBe(named);
});

test('one that was asked for and is no program is told, not passed over', () => {
  const missing = (reason: unknown) => expect.objectContaining({ failure: { code: 'ffmpeg-missing', reason } });
  const asked = { ...all, environment: { FFMPEG_BIN: folder } };
  expect(() => findFfmpeg(asked)).toThrow(missing(`${folder} is not a program`));
  expect(() => findFfmpeg({ packagedPath: undefined, environment: {} })).toThrow(missing(expect.any(String)));
});
