import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { driverMark } from './driver-mark.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shotloom 驱 'm' "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linux = (environment: Record<string, string> = {}) =>
  driverMark({ platform: 'linux', release: '6.1.0', environment });

test('the same machine has the same mark twice, and another kernel another', async () => {
  expect(await linux()).toBe(await linux());
  expect(await driverMark({ platform: 'linux', release: '6.2.0', environment: {} })).not.toBe(await linux());
});

test('a Vulkan driver that came, was exchanged or went changes the mark', async () => {
  const manifest = join(folder, 'a_gpu.json');
  const mark = () => linux({ VK_DRIVER_FILES: manifest });
  const marks = [await mark()];
  writeFileSync(manifest, '{}');
  marks.push(await mark());
  writeFileSync(manifest, '{"ICD":{}}');
  marks.push(await mark());
  expect(new Set(marks).size).toBe(3);
  rmSync(manifest);
  expect(await mark()).toBe(marks[0]);
});

test('other libraries for CUDA change it, too', async () => {
  expect(await linux({ LD_LIBRARY_PATH: '/opt/cuda-12/lib64' })).not.toBe(await linux());
});

test('systems whose drivers come with them are told apart by their release', async () => {
  expect(await driverMark({ platform: 'darwin', release: '25.1.0', environment: {} })).toBe('darwin 25.1.0');
});
