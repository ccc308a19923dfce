import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { icnsOf, icoOf } from './icon-files.ts';

const folder = join(import.meta.dirname, 'icons');
const widthOf = (png: Buffer) => png.readUInt32BE(16); // in the first chunk of a PNG

test('each icon for Linux is as large as its name says', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.png'));
  expect(names).toHaveLength(8);
  for (const name of names) expect(widthOf(readFileSync(join(folder, name)))).toBe(Number(name.split('x')[0]));
});

test('the icons for Windows and macOS hold the same pictures', () => {
  const committed = new Map([16, 24, 32, 48, 64, 128, 256, 512].map((size) => [size, pictureOf(size)]));
  expect(readFileSync(join(folder, 'icon.ico')).equals(icoOf(committed))).toBe(true);

  const icns = readFileSync(join(folder, 'icon.icns'));
  const largest = icns.subarray(icns.indexOf('ic10') + 8); // the one size that Linux has no file for
  expect(widthOf(largest)).toBe(1024);
  expect(icns.equals(icnsOf(new Map([...committed, [1024, largest]])))).toBe(true);
});

test('an icon that lacks a size is refused', () => {
  expect(() => icoOf(new Map())).toThrow('no picture of 16 pixels');
});

function pictureOf(sizePx: number): Buffer {
  return readFileSync(join(folder, `${sizePx}x${sizePx}.png`));
}
