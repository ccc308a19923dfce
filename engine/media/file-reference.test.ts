import { appendFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findFile, placesOf, referenceTo, relativePath } from './file-reference.ts';

const root = mkdtempSync(join(tmpdir(), "shotloom files 漢字 'é' 100% "));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a project that moved with its clips finds them, and one that moved without them finds them too', async () => {
  const project = folderIn(root, 'film');
  const clip = fileIn(folderIn(project, 'clips'), 'a.mp4', 'shot a');
  const elsewhere = fileIn(root, 'b.mp4', 'shot b');
  const inside = await referenceTo(clip, project);
  const outside = await referenceTo(elsewhere, project);
  expect(inside.relativePath).toBe('clips/a.mp4');
  expect(outside.relativePath).toBe('../b.mp4');

  const moved = join(folderIn(root, 'archive/2026'), 'film');
  renameSync(project, moved);
  expect(await findFile(inside, moved)).toEqual({ kind: 'found', path: join(moved, 'clips/a.mp4') });
  expect(await findFile(outside, moved)).toEqual({ kind: 'found', path: elsewhere });
});

test('a copied, touched or restored file is still the file; another under its name is not', async () => {
  const clip = fileIn(root, 'c.mp4', 'x'.repeat(200_000));
  const reference = await referenceTo(clip, root);
  utimesSync(clip, new Date(0), new Date(0));
  expect(await findFile(reference, root)).toMatchObject({ kind: 'found' });
  appendFileSync(clip, 'y');
  expect(await findFile(reference, root)).toEqual({ kind: 'changed', path: clip });
  writeFileSync(clip, `${'x'.repeat(199_999)}y`);
  expect(await findFile(reference, root)).toMatchObject({ kind: 'changed' });
  rmSync(clip);
  expect(await findFile(reference, root)).toEqual({ kind: 'missing' });
});

test('the copy in the project is taken before the original elsewhere', async () => {
  const project = folderIn(root, 'second');
  const clip = fileIn(project, 'd.mp4', 'shot d');
  const reference = await referenceTo(clip, project);
  const copied = join(root, 'third');
  cpSync(project, copied, { recursive: true });
  expect(await findFile(reference, copied)).toEqual({ kind: 'found', path: join(copied, 'd.mp4') });
});

test('paths are written with slashes on every system, and never across drives', () => {
  expect(relativePath('C:\\films\\one', 'C:\\films\\one\\clips\\a.mp4', win32)).toBe('clips/a.mp4');
  expect(relativePath('C:\\films\\one', 'C:\\clips\\a.mp4', win32)).toBe('../../clips/a.mp4');
  expect(relativePath('C:\\films\\one', 'D:\\clips\\a.mp4', win32)).toBeUndefined();
  expect(relativePath('/films/one', '/films/one/a\\b.mp4', posix)).toBe('a\\b.mp4');
  const stored = { relativePath: 'clips/a.mp4', absolutePath: 'D:/films/one/clips/a.mp4' };
  expect(placesOf(stored, 'E:\\moved', win32)).toEqual(['E:\\moved\\clips\\a.mp4', 'D:\\films\\one\\clips\\a.mp4']);
  expect(placesOf(stored, '/moved', posix)).toEqual(['/moved/clips/a.mp4']);
});

test('a name is found in whichever of its two forms the system keeps it', async () => {
  const composed = 'é.mp4'.normalize('NFC');
  const reference = await referenceTo(fileIn(root, composed, 'shot e'), root);
  renameSync(join(root, composed), join(root, composed.normalize('NFD')));
  expect(await findFile(reference, root)).toMatchObject({ kind: 'found' });
});

test('what is no file says what it is', async () => {
  await expect(referenceTo(join(root, 'nowhere.mp4'), root)).rejects.toMatchObject({
    failure: { code: 'media-missing' },
  });
  await expect(referenceTo(root, root)).rejects.toMatchObject({ failure: { reason: 'it is a folder' } });
});

function folderIn(parent: string, name: string): string {
  const path = join(parent, name);
  mkdirSync(path, { recursive: true });
  return path;
}

function fileIn(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
