import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { factorySetting, fuseWire } from './fuse-wire.ts';
import type { Target } from './target.ts';

const everywhere = [
  'LICENSES.chromium.html',
  'LICENSE',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'icudtl.dat',
  'resources.pak',
  'resources/default_app.asar',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
  'vk_swiftshader_icd.json',
  ...['de', 'en-GB', 'en-US', 'fr', 'ja', 'zh-CN', 'zh-TW'].map((locale) => `locales/${locale}.pak`),
];

const ofSystem = {
  linux: ['chrome-sandbox', 'chrome_crashpad_handler', 'libffmpeg.so', 'libvk_swiftshader.so', 'libvulkan.so.1'],
  win32: ['d3dcompiler_47.dll', 'ffmpeg.dll', 'vk_swiftshader.dll', 'vulkan-1.dll'],
} as const;

/**
 * Makes a folder of the shape of Electron's own download, for a machine that cannot have it: the same kinds of files, and
 * a program that carries real fuses in their factory setting, but runs nothing.
 */
export function makeStandInElectron(folder: string, platform: Exclude<Target['platform'], 'darwin'>): void {
  for (const path of [...everywhere, ...ofSystem[platform]]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `${path} of the stand-in\n`);
  }
  const says = '#!/bin/sh\necho "This only stands in for Electron." >&2\nexit 1\n';
  const program = Buffer.concat([Buffer.from(says), fuseWire(factorySetting), Buffer.from('\n')]);
  writeFileSync(join(folder, platform === 'win32' ? 'electron.exe' : 'electron'), program, { mode: 0o755 });
}
