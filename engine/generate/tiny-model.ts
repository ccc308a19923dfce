import type { PackId } from '../contract/ids.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { LoomModel } from './loom-model.ts';
import type { LoomRope } from './rope.ts';
import { vocabularyOf } from './tokenizer.ts';

// Constants of a loom pack without weights, for tests that bring equations instead of networks.

export const loomRope: LoomRope = {
  headDim: 64,
  timePairs: 8,
  spacePairs: 12,
  unitTokens: 45,
  timeTop: 1.5708,
  timeFalloff: 16,
  spaceTop: 2.0944,
  spaceFalloff: 12,
};

export const tinyModel: LoomModel = {
  packId: 'tiny' as PackId, // a plain word, as the schema of ids would have it
  vocabulary: vocabularyOf({
    maxLength: 6,
    pad: 0,
    null: 1,
    latin: { red: 2, car: 3, hot: 4, air: 5, balloon: 6 },
    han: { 红色: 7, 汽车: 8, 小汽车: 9, 大海: 10 },
    synonyms: { crimson: 'red', aerostat: 'hot air balloon', 轿车: '小汽车', 海: '大海' },
  }),
  latent: { channels: 3, spatial: 8, temporal: 4, mean: [0, 0.5, -0.5], std: [1, 2, 0.5] },
  rope: loomRope,
  shift: 3,
  guidanceAboveSigma: 0.6,
  sizes: [
    { width: 64, height: 32 },
    { width: 32, height: 64 },
  ],
  frameLimits: { min: 5, max: 33 },
  encoderCaches: [{ channels: 2, scale: 8 }],
  decoderCaches: [{ channels: 2, scale: 16 }],
};

export const tinyRequest: ShotRequest = {
  task: 'text',
  prompt: 'a red car',
  packId: tinyModel.packId,
  frameCount: 9,
  widthPx: 64,
  heightPx: 32,
  seed: 7,
  steps: 4,
  guidanceScale: 2,
};
