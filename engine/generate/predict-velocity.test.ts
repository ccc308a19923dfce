import { expect, test } from 'vitest';
import { nothingKnown, prefixSigma } from './condition.ts';
import type { FloatTensor, VelocityInputs } from './loom-graphs.ts';
import { predictVelocity } from './predict-velocity.ts';
import { ropeTables } from './rope.ts';
import { sampleLatents } from './sample-latents.ts';
import { timeFeatures } from './time-features.ts';
import { loomRope } from './tiny-model.ts';

const shape = { channels: 1, latentFrames: 2, height: 4, width: 4 };
/** The prompt says 3, no prompt says 1. */
const texts: FloatTensor = { data: Float32Array.of(3, 3, 1, 1), shape: [2, 2, 1] };

test('guidance pushes away from what would come without words, and only while the noise is high', async () => {
  const { predict, batches } = speakingItsText({ scale: 2.5, aboveSigma: 0.6 });
  const noise = new Float32Array(32);
  expect((await predict(noise, 0.9))[0]).toBe(1 + 2.5 * (3 - 1));
  expect((await predict(noise, 0.6))[0]).toBe(3);
  expect(batches).toEqual([2, 1]);
});

test('a guidance scale of 1 asks for the words alone', async () => {
  const { predict, batches } = speakingItsText({ scale: 1, aboveSigma: 0 });
  expect((await predict(new Float32Array(32), 1))[0]).toBe(3);
  expect(batches).toEqual([1]);
});

test('every latent frame is told its noise level, and that the step is a plain one', async () => {
  const seen: VelocityInputs[] = [];
  const graphs = {
    predictVelocity: async (inputs: VelocityInputs) => {
      seen.push(inputs);
      return new Float32Array(32);
    },
  };
  await predictVelocity(graphs, shot({ scale: 1, aboveSigma: 0 }))(new Float32Array(32), 0.25);
  const [inputs] = seen;
  expect(inputs?.sigma).toEqual({ data: Float32Array.of(0.25, 0.25), shape: [1, 2] });
  expect(inputs?.timeFeatures).toEqual({ data: timeFeatures([0.25, 0.25]), shape: [1, 2, 128] });
  expect(inputs?.stepSize).toEqual({ data: Float32Array.of(0), shape: [1] });
  expect(inputs?.conditioningMask.shape).toEqual([1, 4, 2, 4, 4]);
});

test('a start that is known whole is told its own noise level, steers, and comes out as it was given', async () => {
  const condition = { ...nothingKnown(shape, 4), prefixFrames: 1 };
  condition.latents.data.fill(7, 0, 16);
  const sigmas: number[][] = [];
  const graphs = {
    predictVelocity: async ({ sigma, latents }: VelocityInputs) => {
      sigmas.push([...sigma.data]);
      return latents.data.map(() => 1);
    },
  };
  const noise = new Float32Array(32).fill(2);
  const order = { ...shot({ scale: 1, aboveSigma: 0 }), condition, noise, sigmas: [1, 0.5, 0] };
  const latents = await sampleLatents(graphs, order, {});
  expect([...latents]).toEqual([...Array(16).fill(7), ...Array(16).fill(1)]);
  const told = Math.fround(prefixSigma);
  expect(sigmas).toEqual([
    [told, 1],
    [told, 0.5],
  ]);
});

test('time features are cosines and sines of falling frequency', () => {
  const features = timeFeatures([0, 0.5]);
  expect(features.subarray(0, 64).every((value) => value === 1)).toBe(true);
  expect(features.subarray(64, 128).every((value) => value === 0)).toBe(true);
  expect(features[128]).toBeCloseTo(Math.cos(500), 6);
  expect(features[128 + 64 + 63]).toBeCloseTo(Math.sin(500 * 10_000 ** (-63 / 64)), 6);
});

// A transformer whose velocity is the first number of its text, everywhere.
function speakingItsText(guidance: { readonly scale: number; readonly aboveSigma: number }) {
  const batches: number[] = [];
  const graphs = {
    predictVelocity: async ({ text, latents }: VelocityInputs) => {
      const [batch = 0] = text.shape;
      batches.push(batch);
      const each = latents.data.length / batch;
      return latents.data.map((_, i) => text.data[(Math.floor(i / each) * text.data.length) / batch] ?? 0);
    },
  };
  return { predict: predictVelocity(graphs, shot(guidance)), batches };
}

function shot(guidance: { readonly scale: number; readonly aboveSigma: number }) {
  return { shape, condition: nothingKnown(shape, 4), rope: ropeTables(loomRope, shape, 2), texts, guidance };
}
