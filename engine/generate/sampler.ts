/** The velocity of the flow, noise − clean, at a sample and its noise level; same layout as the sample. */
export type Predict = (sample: Float32Array, sigma: number) => Promise<Float32Array>;

export interface SamplingWatch {
  /** Called before each step is computed; `step` counts from 1. */
  onStep?(step: number, stepCount: number): void;
  /** Looked at before each step: an aborted signal throws its reason, so a step is the longest wait. */
  readonly signal?: AbortSignal;
}

/**
 * Follows the flow from noise to a picture, in place, along falling sigmas that end where the caller wants to stop.
 * It knows no network, only a function that predicts.
 */
export async function sampleFlow(
  sample: Float32Array,
  sigmas: readonly number[],
  predict: Predict,
  { onStep, signal }: SamplingWatch = {},
): Promise<void> {
  const stepCount = sigmas.length - 1;
  for (const [index, sigma] of sigmas.slice(0, -1).entries()) {
    signal?.throwIfAborted();
    onStep?.(index + 1, stepCount);
    eulerStep(sample, await predict(sample, sigma), sigma, sigmas[index + 1] ?? 0);
  }
  signal?.throwIfAborted();
}

/**
 * One Euler step of the flow ODE, in place: x += (sigmaNext − sigma) · velocity.
 * `sigma` > `sigmaNext`, both in [0, 1]; 1 is pure noise. Throws RangeError if not falling.
 * Source: Liu et al. 2022, arXiv:2209.03003, velocity taken as noise − clean.
 */
export function eulerStep(sample: Float32Array, velocity: Float32Array, sigma: number, sigmaNext: number): void {
  if (!(sigma > sigmaNext)) throw new RangeError(`sigma must fall, not go from ${sigma} to ${sigmaNext}`);
  if (velocity.length !== sample.length) throw new RangeError(`${velocity.length} velocities for ${sample.length}`);
  const change = sigmaNext - sigma;
  for (let i = 0; i < sample.length; i++) sample[i] = (sample[i] ?? 0) + change * (velocity[i] ?? 0);
}
