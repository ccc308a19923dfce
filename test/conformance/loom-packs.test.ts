import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prefixSigma } from '../../engine/generate/condition.ts';
import { isGuided } from '../../engine/generate/guidance.ts';
import { latentShapeOf } from '../../engine/generate/latent-shape.ts';
import type { FloatTensor, LoomGraphs } from '../../engine/generate/loom-graphs.ts';
import { ropeTables } from '../../engine/generate/rope.ts';
import { sampleLatents } from '../../engine/generate/sample-latents.ts';
import { flowSigmas } from '../../engine/generate/schedule.ts';
import { timeFeatures } from '../../engine/generate/time-features.ts';
import { decodeStream, encodeClip, zeros } from '../../engine/generate/vae-stream.ts';
import { type LoomPack, readLoomPack } from '../../engine/packs/loom-pack.ts';
import { readPackOf } from '../../engine/packs/read-pack.ts';
import { verifyPack } from '../../engine/packs/verify-pack.ts';
import { loomGraphs } from '../../engine/runner/open-loom.ts';
import { largestDifference, openRecordings, recordedPacks } from './recorded.ts';

// The graphs in the runner's own sessions, fed by the app's own host code, against what PyTorch computed with the same
// weights. Both are float32 with sums in another order: an error of 1e-6 of the values, which lie within ±10, grows
// through some dozen layers to 1e-4, and through four steps with a guidance of 2.5 to 1e-3. A frame may be off by
// rounding, and by one step of 8 bits more.
const tolerance = { text: 1e-4, velocity: 2e-4, latents: 1e-3, pixels: 2 / 127.5, angles: 1e-6 };

describe.each(recordedPacks)('$name', ({ folder, recordings }) => {
  const recorded = openRecordings(recordings);
  const { about, floats, integers } = recorded;
  const guidance = { scale: about.scale, aboveSigma: about.aboveSigma };
  const sigmas = flowSigmas(about.steps, about.shift);
  let pack: LoomPack;
  let graphs: LoomGraphs;
  let release: () => Promise<void>;

  beforeAll(async () => {
    pack = await readPackOf({ loom: readLoomPack }, folder);
    await verifyPack(folder, pack.manifest);
    const opened = loomGraphs(pack, { device: 'cpu', threads: 1 });
    graphs = opened.graphs;
    release = opened.holder.releaseAll;
  });
  afterAll(() => release());

  test('the text encoder', async () => {
    const { data, shape } = integers('tokens');
    const text = await graphs.encodeText(data, shape[0] ?? 0);
    expect(text.shape).toEqual(floats('text').shape);
    expect(largestDifference(text.data, floats('text').data)).toBeLessThan(tolerance.text);
  });

  test('places and noise levels as the transformer is told them', () => {
    const { model } = pack;
    const { cos, sin } = ropeTables(model.rope, shapeOfSample(), model.vocabulary.maxLength);
    expect(largestDifference(cos.data, floats('sample.ropeCos').data)).toBeLessThan(tolerance.angles);
    expect(largestDifference(sin.data, floats('sample.ropeSin').data)).toBeLessThan(tolerance.angles);
    // PyTorch makes angles up to 1000 in float32, whose steps there are 6e-5.
    const features = timeFeatures(floats('sample.sigma1').data);
    expect(largestDifference(features, floats('sample.timeFeatures1').data)).toBeLessThan(1e-4);
  });

  test('the transformer, with words and without, at every step of a recorded run', async () => {
    for (const [step, sigma] of sigmas.slice(0, -1).entries()) {
      const isBoth = isGuided(guidance, sigma);
      const velocity = await graphs.predictVelocity({
        latents: step === 0 ? firstSample() : floats(`sample.latents${step - 1}`),
        condition: floats('sample.condition'),
        conditioningMask: floats('sample.conditioningMask'),
        sigma: floats(`sample.sigma${step}`),
        timeFeatures: floats(`sample.timeFeatures${step}`),
        stepSize: { data: new Float32Array(1), shape: [1] },
        stepFeatures: { data: timeFeatures([0]), shape: [1, 128] },
        ropeCos: floats('sample.ropeCos'),
        ropeSin: floats('sample.ropeSin'),
        text: textRows([0]),
      });
      expect(largestDifference(velocity, floats(`sample.velocity${step}`).data), `step ${step}`).toBeLessThan(
        tolerance.velocity,
      );
      expect(isBoth).toBe(hasRecording(`sample.velocityUnconditional${step}`));
    }
  });

  test('a whole guided run from the same noise, with its first frame given', async () => {
    expect(about.prefixSigma).toBe(prefixSigma);
    const condition = {
      latents: withoutBatch(floats('sample.condition')),
      mask: withoutBatch(floats('sample.conditioningMask')),
      prefixFrames: about.prefixFrames,
    };
    const latents = await sampleLatents(
      graphs,
      {
        shape: shapeOfSample(),
        condition,
        rope: ropeTables(pack.model.rope, shapeOfSample(), pack.model.vocabulary.maxLength),
        texts: textRows([0, 2]),
        guidance,
        noise: floats('sample.noise').data,
        sigmas,
      },
      {},
    );
    const expected = floats(`sample.latents${about.steps - 1}`).data;
    keepKnownStart(expected, condition.latents.data);
    expect(largestDifference(latents, expected)).toBeLessThan(tolerance.latents);
  });

  test.each([1, 2, 100])('the VAE encoder, %i latent frames at a time', async (chunkLatents) => {
    const clip = withoutBatch(floats('encode.frames'));
    const latents = await encodeClip(stream('encode', clip, chunkLatents), clip, pack.model.latent.temporal);
    expect([1, ...latents.shape]).toEqual(floats('encode.latents').shape);
    expect(largestDifference(latents.data, floats('encode.latents').data)).toBeLessThan(tolerance.latents);
  });

  test.each([1, 2, 100])('the VAE decoder, %i latent frames at a time', async (chunkLatents) => {
    const frames = withoutBatch(floats('decode.frames'));
    const latents = withoutBatch(floats('decode.latents'));
    let at = 0;
    for await (const chunk of decodeStream(
      stream('decode', frames, chunkLatents),
      latents,
      pack.model.latent.temporal,
    )) {
      const count = chunk.shape[2] ?? 0;
      expect(largestDifference(chunk.data, framesOf(frames, at, count))).toBeLessThan(tolerance.pixels);
      at += count;
    }
    expect(at).toBe(frames.shape[1]);
  });

  test('every size the pack declares is computed, and decoded in one go as frame by frame', async () => {
    const { latent, rope, sizes, frameLimits, vocabulary } = pack.model;
    for (const { width, height } of sizes) {
      const shape = latentShapeOf(latent, width, height, Math.max(frameLimits.min, 5));
      const cells = [shape.channels, shape.latentFrames, shape.height, shape.width];
      const nothing = (channels: number) => zeros([1, channels, ...cells.slice(1)]);
      const { cos, sin } = ropeTables(rope, shape, vocabulary.maxLength);
      const velocity = await graphs.predictVelocity({
        ...{ latents: nothing(shape.channels), condition: nothing(shape.channels), ropeCos: cos, ropeSin: sin },
        ...{ conditioningMask: nothing(latent.temporal), sigma: zeros([1, shape.latentFrames]) },
        timeFeatures: {
          data: timeFeatures(new Array(shape.latentFrames).fill(0)),
          shape: [1, shape.latentFrames, 128],
        },
        ...{ stepSize: zeros([1]), stepFeatures: { data: timeFeatures([0]), shape: [1, 128] }, text: textRows([0]) },
      });
      expect(velocity.length, `${width}×${height}`).toBe(cells.reduce((product, length) => product * length, 1));
      expect(velocity.every(Number.isFinite)).toBe(true);
      const latents = { data: velocity, shape: cells }; // as good as any, and the same for both
      const frame = zeros([1, 3, height, width]);
      const whole = await decodedWhole(latents, frame);
      expect(whole.shape).toEqual([3, 1 + (shape.latentFrames - 1) * latent.temporal, height, width]);
      let at = 0;
      for await (const chunk of decodeStream(stream('decode', frame, 1), latents, latent.temporal)) {
        const count = chunk.shape[2] ?? 0;
        expect(largestDifference(chunk.data, framesOf(whole, at, count))).toBeLessThan(tolerance.pixels);
        at += count;
      }
    }
  });

  /** Clips of 100 latent frames are decoded in one go. */
  async function decodedWhole(latents: FloatTensor, frame: FloatTensor): Promise<FloatTensor> {
    const chunks: FloatTensor[] = [];
    const inOneGo = stream('decode', frame, 100);
    for await (const chunk of decodeStream(inOneGo, latents, pack.model.latent.temporal)) chunks.push(withoutBatch(chunk));
    const [whole] = chunks;
    if (!whole) throw new Error('nothing was decoded');
    expect(chunks).toHaveLength(1);
    return whole;
  }

  function shapeOfSample() {
    return latentShapeOf(pack.model.latent, about.width, about.height, about.frames);
  }

  // The run began from noise, but for the given start: that was in it from the beginning, with a little noise.
  function firstSample(): FloatTensor {
    const { data, shape } = floats('sample.noise');
    const known = floats('sample.condition').data;
    return {
      data: data.map((noise, i) =>
        isKnownStart(i) ? (1 - prefixSigma) * (known[i] ?? 0) + prefixSigma * noise : noise,
      ),
      shape,
    };
  }

  function keepKnownStart(latents: Float32Array, known: Float32Array): void {
    for (let i = 0; i < latents.length; i++) if (isKnownStart(i)) latents[i] = known[i] ?? 0;
  }

  function isKnownStart(index: number): boolean {
    const { latentFrames, height, width } = shapeOfSample();
    return Math.floor(index / (height * width)) % latentFrames < about.prefixFrames;
  }

  function textRows(rows: readonly number[]): FloatTensor {
    const { data, shape } = floats('text');
    const [count = 1, ...row] = shape;
    const each = data.length / count;
    const joined = rows.flatMap((at) => [...data.subarray(at * each, (at + 1) * each)]);
    return { data: Float32Array.from(joined), shape: [rows.length, ...row] };
  }

  function hasRecording(name: string): boolean {
    try {
      return floats(name).data.length > 0;
    } catch {
      return false;
    }
  }

  function stream(
    way: 'encode' | 'decode',
    { shape: [, , heightPx = 0, widthPx = 0] }: FloatTensor,
    chunkLatents: number,
  ) {
    const { encoderCaches, decoderCaches } = pack.model;
    return way === 'encode'
      ? { code: graphs.encodeFrames, caches: encoderCaches, widthPx, heightPx, chunkLatents }
      : { code: graphs.decodeLatents, caches: decoderCaches, widthPx, heightPx, chunkLatents };
  }
});

function withoutBatch({ data, shape }: FloatTensor): FloatTensor {
  return { data, shape: shape.slice(1) };
}

/** Frames `from` … `from + count − 1` of [colours, frames, height, width], colour after colour. */
function framesOf({ data, shape }: FloatTensor, from: number, count: number): number[] {
  const [colours = 0, frames = 0, height = 0, width = 0] = shape;
  const cells = height * width;
  return Array.from({ length: colours }, (_, colour) => {
    const start = (colour * frames + from) * cells;
    return [...data.subarray(start, start + count * cells)];
  }).flat();
}
