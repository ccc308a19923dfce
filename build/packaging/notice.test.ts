import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundledLicences, bundledPackages } from './bundled-packages.ts';
import { noticeText } from './notice.ts';

const root = join(import.meta.dirname, '../..');
const bundled = bundledPackages(root);

test('NOTICE names what is bundled and packed today', () => {
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8');
  expect(notice, 'write it anew: node build/packaging/write-notice.ts').toBe(noticeText(bundled));
});

test('the licence of every bundled package is passed on, each text once', () => {
  const licences = bundledLicences(bundled);
  for (const { name, version, text } of bundled) {
    expect(licences).toContain(`${name} ${version} (`);
    expect(licences.split(text)).toHaveLength(2);
  }
});

test('what only reads or links like us is bundled: no licence asks for more than its text', () => {
  const kinds = new Set(bundled.map(({ identifier }) => identifier));
  expect([...kinds].sort()).toEqual(['BSD-3-Clause', 'MIT', 'MPL-2.0']);
});
