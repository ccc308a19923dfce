import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conditionOf, nothingKnown } from './condition.ts';
import type { CodedChunk, FloatTensor, VaeChunk } from './loom-graphs.ts';
import { decodeStream, encodeClip } from './vae-stream.ts';

// A VAE of one cell that remembers: each latent is the mean of its frames plus all latents before it, and back.
const [temporal, size] = [4, { widthPx: 8, heightPx: 8 }];
const caches = [{ channels: 1, scale: 8 }];

test('however a clip is cut into chunks, the same latents come of it', async () => {
  await fc.assert(
    fc.asyncProperty(clips(), fc.integer({ min: 1, max: 8 }), async (clip, chunkLatents) => {
      const whole = await encodeClip({ code: encodeRunning, caches, ...size, chunkLatents: 100 }, clip, temporal);
      const cut = await encodeClip({ code: encodeRunning, caches, ...size, chunkLatents }, clip, temporal);
      expect(cut).toEqual(whole);
      expect(whole.shape).toEqual([1, ((clip.shape[1] ?? 0) - 1) / temporal + 1, 1, 1]);
    }),
  );
});

test('however latents are cut into chunks, the same frames come of them, one for the first latent', async () => {
  const counts = fc.integer({ min: 1, max: 9 });
  await fc.assert(
    fc.asyncProperty(counts, counts, async (latentFrames, chunkLatents) => {
      const cut = await decodedRed(latentFrames, chunkLatents);
      expect(cut).toEqual(await decodedRed(latentFrames, 100));
      expect(cut).toHaveLength(((latentFrames - 1) * temporal + 1) * 64);
    }),
  );
});

const rules = { channels: 1, spatial: 8, temporal, mean: [0.5], std: [2] };
const encoder = { code: encodeRunning, caches, ...size, chunkLatents: 2 };
const ramp = clip(9, (frame) => frame / 10);

test('a clip that is known whole is its own encoding, and every cell of the mask is 1', async () => {
  const whole = { pixels: ramp, known: cells(9, () => 1) };
  const { latents, mask, prefixFrames } = await conditionOf(whole, rules, encoder);
  const encoded = await encodeClip(encoder, ramp, temporal);
  expect([...latents.data]).toEqual([...encoded.data].map((value) => Math.fround((value - 0.5) / 2)));
  expect(mask).toEqual({ data: new Float32Array(4 * 3).fill(1), shape: [4, 3, 1, 1] });
  expect(prefixFrames).toBe(3);
});

test('a clip of which nothing is known is the condition of a shot from words', async () => {
  const nothing = await conditionOf({ pixels: ramp, known: cells(9, () => 0) }, rules, encoder);
  expect(nothing).toEqual(nothingKnown({ channels: 1, latentFrames: 3, height: 1, width: 1 }, temporal));
});

test('a known frame in the middle of a latent frame marks its own channel and greys its neighbours', async () => {
  const { latents, mask } = await conditionOf(
    { pixels: ramp, known: cells(9, (frame) => Number(frame === 7)) },
    rules,
    encoder,
  );
  // Latent frame 2 holds frames 5 to 8; frame 7 is its third.
  expect(show(mask)).toBe('000 000 001 000');
  expect([...latents.data].map((value) => value !== 0)).toEqual([false, false, true]);
});

test('the first frame alone marks all channels of the first latent frame', async () => {
  const { mask } = await conditionOf({ pixels: ramp, known: cells(9, (frame) => Number(frame === 0)) }, rules, encoder);
  expect(show(mask)).toBe('100 100 100 100');
});

/** The red of all frames that `latentFrames` latents decode to. */
async function decodedRed(latentFrames: number, chunkLatents: number): Promise<number[]> {
  const latents = { data: Float32Array.from({ length: latentFrames }, (_, t) => t), shape: [1, latentFrames, 1, 1] };
  const red: number[] = [];
  const stream = { code: decodeRunning, caches, ...size, chunkLatents };
  for await (const { data, shape } of decodeStream(stream, latents, temporal)) {
    red.push(...data.subarray(0, (shape[2] ?? 0) * 64));
  }
  return red;
}

/** One digit a latent frame, one group a sub-frame. */
function show({ data }: FloatTensor): string {
  return [...data].join('').replace(/(...)(?=.)/g, '$1 ');
}

function clips() {
  return fc.integer({ min: 0, max: 6 }).map((k) => clip(1 + k * temporal, (frame) => Math.sin(frame)));
}

function clip(frames: number, value: (frame: number) => number): FloatTensor {
  const data = Float32Array.from({ length: 3 * frames * 64 }, (_, i) => value(Math.floor(i / 64) % frames));
  return { data, shape: [3, frames, 8, 8] };
}

function cells(frames: number, value: (frame: number) => number): FloatTensor {
  return { data: Float32Array.from({ length: frames }, (_, frame) => value(frame)), shape: [frames, 1, 1] };
}

async function encodeRunning({ values, ...chunk }: VaeChunk): Promise<CodedChunk> {
  const frames = (values.shape[2] ?? 0) / temporal;
  return running(
    chunk,
    frames,
    1,
    (t) => values.data.subarray(t * 256, (t + 1) * 256).reduce((a, b) => a + b, 0) / 256,
  );
}

async function decodeRunning({ values, ...chunk }: VaeChunk): Promise<CodedChunk> {
  const frames = values.shape[2] ?? 0;
  const { values: sums, caches: kept } = running(chunk, frames, 1, (t) => values.data[t] ?? 0);
  const data = Float32Array.from({ length: 3 * frames * 256 }, (_, i) => {
    const frame = Math.floor(i / 64) % (frames * temporal);
    return (sums.data[Math.floor(frame / temporal)] ?? 0) + (frame % temporal) / 10;
  });
  return { values: { data, shape: [1, 3, frames * temporal, 8, 8] }, caches: kept };
}

function running(
  { isFirst, caches: [cache] }: Omit<VaeChunk, 'values'>,
  count: number,
  channels: number,
  value: (t: number) => number,
): CodedChunk {
  let sum = isFirst ? 0 : (cache?.data[0] ?? Number.NaN);
  const data = Float32Array.from({ length: count }, (_, t) => (sum = Math.fround(sum + value(t))));
  const kept = { data: new Float32Array(cache?.data.length ?? 0).fill(sum), shape: cache?.shape ?? [] };
  return { values: { data, shape: [1, channels, count, 1, 1] }, caches: [kept] };
}
