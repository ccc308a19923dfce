import { type Condition, prefixSigma } from './condition.ts';
import { type Guidance, guide, isGuided } from './guidance.ts';
import type { LatentShape } from './latent-shape.ts';
import type { FloatTensor, LoomGraphs, VelocityInputs } from './loom-graphs.ts';
import type { RopeTables } from './rope.ts';
import type { Predict } from './sampler.ts';
import { timeFeatureCount, timeFeatures } from './time-features.ts';

export interface VelocityOf {
  readonly shape: LatentShape;
  readonly condition: Condition;
  readonly rope: RopeTables;
  /** The prompt as the text encoder gave it, and no prompt: [2, maxLength, width]. */
  readonly texts: FloatTensor;
  readonly guidance: Guidance;
}

/**
 * The velocity of a shot at a noise level, steered by its words: one run of the transformer with a batch of two
 * where guidance is given, of one where it is not. A start that is known whole does not move.
 */
export function predictVelocity(graphs: Pick<LoomGraphs, 'predictVelocity'>, shot: VelocityOf): Predict {
  const { guidance } = shot;
  const alone = fixedInputs(shot, 1);
  const paired = fixedInputs(shot, 2);
  const steered = async (sample: Float32Array, sigma: number) => {
    if (!isGuided(guidance, sigma)) {
      return graphs.predictVelocity({ ...alone, ...movingInputs(shot, sample, sigma, 1) });
    }
    const both = await graphs.predictVelocity({ ...paired, ...movingInputs(shot, sample, sigma, 2) });
    return guide(both.subarray(0, sample.length), both.subarray(sample.length), guidance.scale);
  };
  return async (sample, sigma) => {
    const velocity = await steered(sample, sigma);
    for (const start of prefixesOf(velocity, shot)) start.fill(0);
    return velocity;
  };
}

/** What of [channels, latentFrames, height, width] lies in the start that is known whole: views, one a channel. */
export function prefixesOf(
  values: Float32Array,
  { shape, condition }: Pick<VelocityOf, 'shape' | 'condition'>,
): readonly Float32Array[] {
  const { channels, latentFrames, height, width } = shape;
  return Array.from({ length: channels }, (_, channel) => {
    const from = channel * latentFrames * height * width;
    return values.subarray(from, from + condition.prefixFrames * height * width);
  });
}

type MovingInput = 'latents' | 'sigma' | 'timeFeatures';

/** What stays the same at every step. */
function fixedInputs({ condition, rope, texts }: VelocityOf, batch: number): Omit<VelocityInputs, MovingInput> {
  const plainStep = new Float32Array(batch);
  return {
    condition: repeated(condition.latents, batch),
    conditioningMask: repeated(condition.mask, batch),
    stepSize: { data: plainStep, shape: [batch] },
    stepFeatures: { data: timeFeatures(plainStep), shape: [batch, timeFeatureCount] },
    ropeCos: rope.cos,
    ropeSin: rope.sin,
    text: firstOf(texts, batch),
  };
}

function movingInputs(
  { shape, condition }: VelocityOf,
  sample: Float32Array,
  sigma: number,
  batch: number,
): Pick<VelocityInputs, MovingInput> {
  const { channels, latentFrames, height, width } = shape;
  const sigmaOf = (frame: number) => (frame % latentFrames < condition.prefixFrames ? prefixSigma : sigma);
  const sigmas = Float32Array.from({ length: batch * latentFrames }, (_, frame) => sigmaOf(frame));
  return {
    latents: repeated({ data: sample, shape: [channels, latentFrames, height, width] }, batch),
    sigma: { data: sigmas, shape: [batch, latentFrames] },
    timeFeatures: { data: timeFeatures(sigmas), shape: [batch, latentFrames, timeFeatureCount] },
  };
}

/** `batch` times the same tensor, one after the other. */
function repeated({ data, shape }: FloatTensor, batch: number): FloatTensor {
  const copies = new Float32Array(batch * data.length);
  for (let at = 0; at < batch; at++) copies.set(data, at * data.length);
  return { data: copies, shape: [batch, ...shape] };
}

/** The first `batch` rows of a tensor. */
function firstOf({ data, shape: [rows = 1, ...row] }: FloatTensor, batch: number): FloatTensor {
  return { data: data.subarray(0, (data.length / rows) * batch), shape: [batch, ...row] };
}
