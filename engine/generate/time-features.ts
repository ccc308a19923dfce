/** Sines and cosines that tell a network one number. */
export const timeFeatureCount = 128;
const frequencyCount = timeFeatureCount / 2;

/**
 * The features of numbers in [0, 1], float32 [values, 128]: cos(f·1000·value) then sin(f·1000·value) for
 * f = exp(−ln(10000)·i/64), i = 0 … 63. Used for a latent frame's sigma, and for the size of a distilled step.
 * Made in float64 here because providers differ in their sine (WebGPU by 2e-4).
 * Source: Vaswani et al. 2017, arXiv:1706.03762, cosines first as DiT has it.
 */
export function timeFeatures(values: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const features = new Float32Array(values.length * timeFeatureCount);
  for (let row = 0; row < values.length; row++) {
    for (let i = 0; i < frequencyCount; i++) {
      const angle = Math.exp((-Math.log(10_000) * i) / frequencyCount) * 1000 * (values[row] ?? 0);
      features[row * timeFeatureCount + i] = Math.cos(angle);
      features[row * timeFeatureCount + frequencyCount + i] = Math.sin(angle);
    }
  }
  return features;
}
