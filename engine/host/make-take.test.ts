import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, expect, test } from 'vitest';
import type { ShotPlace } from '../contract/device.ts';
import { packIdSchema } from '../contract/ids.ts';
import type { TakeId } from '../document/ids.ts';
import { readTake, type ShotOrder } from '../library/take-folder.ts';
import { ffmpegPath } from '../media/sample-media.ts';
import { openShelf } from '../packs/shelf.ts';
import { layoutOf } from '../project/layout.ts';
import type { ShotRunner } from '../runner/supervisor.ts';
import { makeTake, type ShotTools } from './make-take.ts';
import { openShotCosts } from './shot-costs.ts';

const scratch = await mkdtemp(join(tmpdir(), 'shotloom-make-take-'));
afterAll(() => rm(scratch, { recursive: true }));
const packId = packIdSchema.parse('tiny-loom');
const picture = { frameCount: 5, widthPx: 96, heightPx: 64 };

const order: ShotOrder = {
  version: 1,
  facts: {
    id: 'take-1' as TakeId,
    name: 'a red cat',
    origin: 'generated',
    picture: { kind: 'moving', rate: { num: 24, den: 1 }, ...picture },
  },
  request: { task: 'text', prompt: 'a red cat', packId, ...picture, seed: 1, steps: 4, guidanceScale: 2.5 },
  destination: 'bin',
  orderedAt: '2026-01-01T00:00:00.000Z',
  status: { kind: 'waiting' },
};

/** A runner that answers at once with grey frames, and what a shot of it cost. */
const greyFrames: ShotRunner['makeShot'] = async (_, { onFrames }) => {
  const { frameCount, widthPx, heightPx } = picture;
  await onFrames({ firstFrame: 0, frameCount, pixels: new Uint8Array(frameCount * widthPx * heightPx * 3).fill(128) });
  const reading = { words: [], tokenCount: 3, maxTokenCount: 64 };
  const seconds = { readingSeconds: 1, samplingSeconds: 1, decodingSeconds: 1, totalSeconds: 3 };
  const facts = { reading, provider: 'cpu', packHash: 'a'.repeat(64), ...seconds, peakMemoryBytes: 1 };
  return { kind: 'finished', facts };
};

interface Workplace {
  readonly makeShot?: ShotRunner['makeShot'];
  readonly placeFor?: () => Promise<ShotPlace>;
  readonly settingsFolder?: string;
}

/** Where one shot is made, and what the devices and the generator were told of it. */
async function workplace({ makeShot = greyFrames, placeFor, settingsFolder = scratch }: Workplace = {}) {
  const folder = await mkdtemp(join(scratch, 'film-'));
  const layout = { ...layoutOf(folder), cache: join(folder, 'cache') };
  const told: string[] = [];
  const runner = { makeShot } as ShotRunner; // all that a take asks of it
  const tools: ShotTools = {
    shelf: openShelf(
      () => ({
        builtInFolder: join(scratch, 'none'),
        userFolders: [join(import.meta.dirname, '../../test/fixtures/packs/tiny-loom')],
      }),
      () => undefined,
    ),
    runner,
    costs: openShotCosts(settingsFolder),
    devices: {
      placeFor: placeFor ?? (async () => ({ kind: 'device', device: 'webgpu' })),
      distrust: (device) => told.push(`distrusted ${device}`),
    },
    generator: {
      made: () => told.push('made'),
      died: (device) => told.push(`died ${device}`),
      hasNoPlace: () => told.push('no place'),
    },
    ffmpegPath: () => ffmpegPath,
    appVersion: '1.0.0',
    log: pino({ level: 'silent' }),
    now: () => new Date('2026-01-01T00:00:00.000Z'),
  };
  const stop = new AbortController();
  return { layout, told, stop, make: () => makeTake(tools, order, layout, () => {}, stop.signal) };
}

test('a shot that was made is a take, even where what it cost cannot be noted', async () => {
  const gone = await workplace({ settingsFolder: join(scratch, 'no such folder') });
  expect(await gone.make()).toMatchObject({ kind: 'made', record: { facts: order.facts } });
  expect(await readTake(gone.layout, order.facts.id)).toMatchObject({ facts: order.facts });
  expect(gone.told).toEqual(['made']);
});

test('a shot is cancelled while devices are tried, and what comes of the trial is not told as its end', async () => {
  const trial = Promise.withResolvers<ShotPlace>();
  const { stop, make, told } = await workplace({ placeFor: () => trial.promise });
  const making = make();
  stop.abort();
  expect(await making).toEqual({ kind: 'cancelled' });
  trial.resolve({ kind: 'nowhere', device: 'cuda', fault: { kind: 'absent', said: '' } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
});

test('a device is blamed for a runner that died over a shot, and not for one that was never started', async () => {
  const failure = { code: 'runner-stopped', packId, crashCount: 3 } as const;
  const died = await workplace({ makeShot: async () => ({ kind: 'died', failure }) });
  expect(await died.make()).toEqual({ kind: 'failed', failure });
  expect(died.told).toEqual(['distrusted webgpu', 'died webgpu']);
  const leftAlone = await workplace({ makeShot: async () => ({ kind: 'failed', failure }) });
  expect(await leftAlone.make()).toEqual({ kind: 'failed', failure });
  expect(leftAlone.told).toEqual([]);
});
