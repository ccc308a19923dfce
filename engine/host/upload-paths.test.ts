import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { uploadPaths } from './upload-paths.ts';

const parent = mkdtempSync(join(tmpdir(), "shotloom 投 'u' "));
const media = join(parent, 'media');
afterAll(() => rmSync(parent, { recursive: true }));

test.each(['../../etc/passwd', '..', '/etc/passwd', 'C:\\Windows\\x.mp4', '..\\..\\x.mp4', '.', '', 'a\0b.mp4', 'con'])(
  'a file that calls itself %j lies in the media folder all the same',
  async (name) => {
    const path = await uploadPaths(media)(name);
    expect(dirname(path)).toBe(media);
    expect(path).not.toContain('\0');
  },
);

test('no file that is there or on its way is written over', async () => {
  const pathFor = uploadPaths(media);
  writeFileSync(await pathFor('a.mp4'), '');
  const paths = await Promise.all([pathFor('a.mp4'), pathFor('a.mp4'), pathFor('sub/a.mp4')]);
  expect(new Set([...paths, join(media, 'a.mp4')]).size).toBe(4);
});
