import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { readPack } from '../packs/read-pack.ts';
import { openNetwork } from './open-pack.ts';
import { tryPack } from './try-device.ts';
import { holdAgainst, type RecordedRun, recordSmallestShot, tryPackHere } from './try-pack-here.ts';

vi.setConfig({ testTimeout: 180_000 });

const packFolder = join(import.meta.dirname, '../../test/fixtures/packs/tiny-loom');
const scratch = await mkdtemp(join(tmpdir(), 'shotloom-try-pack-'));
afterAll(() => rm(scratch, { recursive: true }));

const pack = await readPack(packFolder);
const onCpu = (network: string) => openNetwork(pack, network, { device: 'cpu', threads: 1 });
let runs: readonly RecordedRun[] = [];
beforeAll(async () => {
  runs = await recordSmallestShot(pack, { threads: 1, onRun: () => {} });
});

test('the smallest shot runs every network that a shot from words needs', () => {
  expect(new Set(runs.map(({ network }) => network))).toEqual(new Set(['textEncoder', 'transformer', 'vaeDecoder']));
});

test('what is computed again is held against what was recorded, network by network', async () => {
  expect((await holdAgainst(runs, onCpu)).error).toBe(0);
  const wronged = runs.map((run) => (run.network === 'transformer' ? withOneOff(run) : run));
  expect((await holdAgainst(wronged, onCpu)).error).toBeGreaterThan(0.05);
});

test('a pack that is not whole, or not there, is refused and not thrown', async () => {
  const onWork = () => {};
  const missing = await tryPackHere(join(scratch, 'nowhere'), 'webgpu', { threads: 1, onWork });
  expect(missing).toMatchObject({ kind: 'passed-over', device: 'webgpu', fault: { kind: 'refused', during: 'pack' } });
  const damaged = join(scratch, 'damaged');
  await cp(packFolder, damaged, { recursive: true });
  await rm(join(damaged, 'transformer.onnx.data'));
  const refused = await tryPackHere(damaged, 'webgpu', { threads: 1, onWork });
  expect(refused).toMatchObject({ fault: { said: expect.stringContaining('transformer.onnx.data') } });
});

test('a runner tries a pack, and answers for the device that it was asked about', async () => {
  const verdict = await tryPack(
    { entry: join(import.meta.dirname, 'main.ts'), threads: 1, log: () => {} },
    { device: 'cpu', pack },
  );
  // Held against itself it is right, and by chance a little slower or faster.
  const isRight = verdict.kind === 'trusted' || verdict.fault.kind === 'slow';
  expect([verdict.device, isRight]).toEqual(['cpu', true]);
});

// Imitated in software: the shaders of one network take seconds to build, so only one is computed here.
const softwareVulkan = '/usr/lib/chromium/vk_swiftshader_icd.json';
test.runIf(existsSync(softwareVulkan))(
  'a GPU computes what it can of a pack right, and says what it cannot',
  async () => {
    vi.stubEnv('VK_ICD_FILENAMES', softwareVulkan);
    vi.stubEnv('XDG_RUNTIME_DIR', scratch);
    const onGpu = (network: string) => openNetwork(pack, network, { device: 'webgpu', threads: 1 });
    const words = runs.filter(({ network }) => network === 'textEncoder');
    const { error, timesFaster } = await holdAgainst(words, onGpu);
    expect(error).toBeLessThan(1e-4);
    expect(timesFaster).toBeGreaterThan(0);
    // Sizes are worked out inside these graphs, which only the processor does: they were made for it.
    const others = runs.filter(({ network }) => network !== 'textEncoder');
    await expect(holdAgainst(others, onGpu)).rejects.toThrow('assigned to the default CPU EP');
    vi.unstubAllEnvs();
  },
);

/** The same run, had one value come out otherwise by a tenth of the largest. */
function withOneOff(run: RecordedRun): RecordedRun {
  const outputs = structuredClone(run.outputs);
  const [output] = Object.values(outputs);
  if (!output) throw new Error('nothing came out');
  const peak = output.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  output.data[0] = (output.data[0] ?? 0) + peak / 10;
  return { ...run, outputs };
}
