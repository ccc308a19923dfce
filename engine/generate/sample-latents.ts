import { prefixSigma } from './condition.ts';
import type { LoomGraphs } from './loom-graphs.ts';
import { predictVelocity, prefixesOf, type VelocityOf } from './predict-velocity.ts';
import { type SamplingWatch, sampleFlow } from './sampler.ts';

export interface LatentsOrder extends VelocityOf {
  /** [channels, latentFrames, height, width]; it is not changed. */
  readonly noise: Float32Array;
  /** From 1 to 0, see `flowSigmas`. */
  readonly sigmas: readonly number[];
}

/**
 * The normalised latents of a clip, [channels, latentFrames, height, width]: noise followed down the flow under a
 * condition. A start that is known whole is in the sample from the beginning and comes out as it was given.
 */
export async function sampleLatents(
  graphs: Pick<LoomGraphs, 'predictVelocity'>,
  order: LatentsOrder,
  watch: SamplingWatch,
): Promise<Float32Array> {
  const sample = order.noise.slice();
  const known = prefixesOf(order.condition.latents.data, order);
  const starts = prefixesOf(sample, order);
  for (const [channel, start] of starts.entries()) {
    for (const [i, noise] of start.entries()) {
      start[i] = (1 - prefixSigma) * (known[channel]?.[i] ?? 0) + prefixSigma * noise;
    }
  }
  await sampleFlow(sample, order.sigmas, predictVelocity(graphs, order), watch);
  for (const [channel, start] of starts.entries()) start.set(known[channel] ?? []);
  return sample;
}
