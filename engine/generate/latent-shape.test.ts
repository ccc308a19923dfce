import { expect, test } from 'vitest';
import { denormalise, normalise } from './latent-scale.ts';
import { latentShapeOf } from './latent-shape.ts';

const rules = { channels: 24, spatial: 8, temporal: 4 };

test('one frame is one latent frame, and every four more are another', () => {
  const latentFrames = (frameCount: number) => latentShapeOf(rules, 512, 288, frameCount).latentFrames;
  expect([1, 2, 5, 6, 17, 61].map(latentFrames)).toEqual([1, 2, 2, 3, 5, 16]);
  expect(latentShapeOf(rules, 512, 288, 61)).toEqual({ channels: 24, latentFrames: 16, height: 36, width: 64 });
});

test('a size that would cut a latent cell is refused', () => {
  expect(() => latentShapeOf(rules, 500, 288, 17)).toThrow(RangeError);
});

test('normalising and back gives the latents again', () => {
  const scale = { mean: [0.5, -1], std: [2, 0.25] };
  const raw = Float32Array.of(0.5, 2.5, -1, -0.75);
  const latents = raw.slice();
  normalise(latents, scale);
  expect([...latents]).toEqual([0, 1, 0, 1]);
  denormalise(latents, scale);
  expect(latents).toEqual(raw);
});
