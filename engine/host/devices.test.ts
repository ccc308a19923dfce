import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PackManifest } from '../packs/manifest.ts';
import { openDevices } from './devices.ts';

// A machine with two GPUs that compute right, by the word of a runner that only says so.

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shotloom 器 'd' "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function machine() {
  const entry = join(folder, 'runner.mjs');
  const tried = join(folder, 'tried');
  writeFileSync(
    entry,
    `import { appendFileSync, writeSync } from 'node:fs';
    import { Socket } from 'node:net';
    new Socket({ fd: 3 }).on('data', (bytes) => {
      const { kind, job, device } = JSON.parse(bytes.subarray(5));
      if (device) appendFileSync(${JSON.stringify(tried)}, device + ' ');
      const answer = kind === 'introduce'
        ? { kind: 'introduction', job, runtime: 'none', threads: 1, devices: ['cuda', 'webgpu', 'cpu'] }
        : { kind: 'device-tried', job, verdict: { kind: 'trusted', device, timesFaster: 2 } };
      const text = Buffer.from(JSON.stringify(answer));
      const head = Buffer.alloc(5);
      head.writeUInt32LE(text.length);
      writeSync(4, Buffer.concat([head, text]));
    });`,
  );
  return {
    devices: openDevices({ entry, log: () => {} }, pino({ level: 'silent' })),
    tried: () => (existsSync(tried) ? readFileSync(tried, 'utf8').trim().split(' ') : []),
  };
}

/** A pack as far as devices are asked about: what each of its networks was made for. */
function packFor(...networks: readonly (readonly string[])[]) {
  const components = networks.map((providers, index) => [`network${index}`, { providers }]);
  return { manifest: { components: Object.fromEntries(components) } as unknown as PackManifest };
}

test('a pack made for the processor alone waits for no trial', async () => {
  const { devices, tried } = machine();
  expect(await devices.trustedFor(packFor(['cpu'], ['webgpu', 'cpu']))).toEqual(['cpu']);
  expect(tried()).toEqual([]);
});

test('a shot runs on the first device that all of its pack was made for, and devices are tried once', async () => {
  const { devices, tried } = machine();
  expect(await devices.trustedFor(packFor(['cuda', 'webgpu', 'cpu'], ['webgpu', 'cpu']))).toEqual(['webgpu', 'cpu']);
  expect(await devices.trustedFor(packFor(['webgpu', 'cuda', 'cpu']))).toEqual(['cuda', 'webgpu', 'cpu']);
  expect(tried()).toEqual(['cuda', 'webgpu', 'cpu']);
});

test('a device whose process died over a shot is passed over from then on, the processor never', async () => {
  const { devices } = machine();
  const pack = packFor(['cuda', 'webgpu', 'cpu']);
  devices.distrust('cuda', 'signal SIGSEGV');
  devices.distrust('cpu', 'signal SIGKILL');
  expect(await devices.trustedFor(pack)).toEqual(['webgpu', 'cpu']);
  expect(await devices.verdicts()).toMatchObject([
    { kind: 'passed-over', device: 'cuda', fault: { kind: 'crashed', during: 'shot', how: 'signal SIGSEGV' } },
    { kind: 'trusted', device: 'webgpu' },
    { kind: 'trusted', device: 'cpu' },
  ]);
});
