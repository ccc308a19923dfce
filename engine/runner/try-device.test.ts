import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { packPatienceMs, tryDevice } from './try-device.ts';

// A GPU imitated in software computes for seconds what the processor does in milliseconds.
vi.setConfig({ testTimeout: 180_000 });

const scratch = await mkdtemp(join(tmpdir(), 'shotloom-devices-'));
afterAll(() => rm(scratch, { recursive: true }));
const log = () => {};
const runner = { entry: join(import.meta.dirname, 'main.ts'), threads: 1, log };
const passedOver = (device: string, fault: object) => ({ kind: 'passed-over', device, fault });

test('the processor is right', async () => {
  expect(await tryDevice(runner, 'cpu')).toEqual({ kind: 'trusted', device: 'cpu', timesFaster: 1 });
});

test('a device that is not there, or lacks a library, says so in the words of the runtime, and which one it is', async () => {
  const verdict = await tryDevice(runner, 'cuda'); // a machine with a GPU may trust it
  if (verdict.kind === 'passed-over' && verdict.fault.kind === 'absent') expect(verdict.fault.said).not.toBe('');
  const log =
    'Failed to load library /opt/a b/libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open it';
  const absent = passedOver('cuda', { kind: 'absent', said: 'Failed to load shared library' });
  const tried = { kind: 'device-tried', job: 1, verdict: absent };
  const entry = await program(
    'no-cudnn.mjs',
    `${speech} console.error(${JSON.stringify(log)}); setTimeout(() => say(${JSON.stringify(tried)}), 300);`,
  );
  const said = 'Failed to load shared library\nlibcudnn.so.9: cannot open it';
  expect(await tryDevice({ entry, log: () => {} }, 'cuda')).toEqual(passedOver('cuda', { kind: 'absent', said }));
});

test('a device that the runtime was not built for is absent', async () => {
  const device = process.platform === 'win32' ? 'coreml' : 'dml';
  expect(await tryDevice(runner, device)).toMatchObject(passedOver(device, { kind: 'absent' }));
});

// Its four lanes make a fused kernel of the runtime overlap: attention comes out wrong by a fifth, and nothing says so.
const softwareVulkan = '/usr/lib/chromium/vk_swiftshader_icd.json';
test.runIf(existsSync(softwareVulkan))('a GPU that computes wrong is passed over for what it gets wrong', async () => {
  vi.stubEnv('VK_ICD_FILENAMES', softwareVulkan);
  vi.stubEnv('XDG_RUNTIME_DIR', scratch);
  const verdict = await tryDevice(runner, 'webgpu');
  vi.unstubAllEnvs();
  // Matrices, convolutions and normalisation were right: it came as far as attention.
  expect(verdict).toEqual(passedOver('webgpu', { kind: 'wrong', during: 'attention', error: expect.any(Number) }));
  if (verdict.kind !== 'passed-over' || verdict.fault.kind !== 'wrong') throw new Error('it was trusted');
  expect(verdict.fault.error).toBeGreaterThan(0.05);
});

test('a driver that crashes, hangs or lies costs the trial and not the engine', async () => {
  const trying = { kind: 'trying', job: 1, check: 'convolution' };
  const begin = `${speech} say(${JSON.stringify(trying)});`;
  const crash = await program('crash.mjs', `${begin} setTimeout(() => process.kill(process.pid, 'SIGSEGV'), 50);`);
  expect(await tryDevice({ entry: crash, log }, 'cuda')).toEqual(
    passedOver('cuda', { kind: 'crashed', during: 'convolution', how: 'signal SIGSEGV' }),
  );
  const hang = await program('hang.mjs', `${begin} setInterval(() => {}, 1000);`);
  // So long that a busy machine has started the program, which then says what it begins.
  expect(await tryDevice({ entry: hang, log }, 'webgpu', 5000)).toEqual(
    passedOver('webgpu', { kind: 'silent', during: 'convolution', seconds: 5 }),
  );
  const lie = await program('lie.mjs', `${speech} say({ kind: 'device-tried', job: 1, verdict: 'fine' });`);
  expect(await tryDevice({ entry: lie, log }, 'webgpu')).toMatchObject(
    passedOver('webgpu', { kind: 'crashed', during: 'opening' }),
  );
});

test('the larger a pack is, the longer its silence is waited out', () => {
  expect(packPatienceMs(0)).toBe(60_000);
  expect(packPatienceMs(10e9)).toBe(460_000);
});

test('where no runner starts, a device is passed over for that', async () => {
  const verdict = await tryDevice({ entry: join(scratch, 'nowhere.mjs'), log }, 'webgpu');
  expect(verdict).toMatchObject(passedOver('webgpu', { kind: 'crashed', during: 'opening' }));
});

/** The head of a program that says things as a runner does: length, kind, text. */
const speech = `import { writeSync } from 'node:fs';
  const say = (message) => {
    const text = Buffer.from(JSON.stringify(message));
    const head = Buffer.alloc(5);
    head.writeUInt32LE(text.length);
    writeSync(4, Buffer.concat([head, text]));
  };`;

async function program(name: string, source: string): Promise<string> {
  const path = join(scratch, name);
  await writeFile(path, source);
  return path;
}
