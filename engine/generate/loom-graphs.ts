/** Numbers with a shape, row by row: the last axis runs fastest. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/**
 * The four networks of a loom pack as plain functions: sessions in the runner, equations in a test.
 * Nothing they are given is changed or kept; what they answer is the caller's. `batch` comes first in every shape.
 */
export interface LoomGraphs {
  /** Token ids [batch, maxLength] to the text the transformer attends to, [batch, maxLength, width]. */
  encodeText(tokens: BigInt64Array, batch: number): Promise<FloatTensor>;
  /** The velocity noise − clean, [batch, channels, latentFrames, height, width]. */
  predictVelocity(inputs: VelocityInputs): Promise<Float32Array>;
  /** Pixels [1, 3, temporal·n, H, W] in [−1, 1] to raw latents [1, channels, n, h, w]. */
  encodeFrames(chunk: VaeChunk): Promise<CodedChunk>;
  /** Raw latents [1, channels, n, h, w] to pixels [1, 3, temporal·n, H, W], not clipped. */
  decodeLatents(chunk: VaeChunk): Promise<CodedChunk>;
}

export interface VelocityInputs {
  /** The noisy sample, [batch, channels, latentFrames, height, width]. */
  readonly latents: FloatTensor;
  /** What is known of the clip, encoded; zeros where nothing is. Shaped as `latents`. */
  readonly condition: FloatTensor;
  /** 1 = given, keep; 0 = generate. [batch, temporal, latentFrames, height, width]: a channel for each sub-frame. */
  readonly conditioningMask: FloatTensor;
  /** Noise level of every latent frame, [batch, latentFrames], and its features, [batch, latentFrames, 128]. */
  readonly sigma: FloatTensor;
  readonly timeFeatures: FloatTensor;
  /** How far a distilled step reaches, [batch]; 0 = the plain velocity. And its features, [batch, 128]. */
  readonly stepSize: FloatTensor;
  readonly stepFeatures: FloatTensor;
  /** Rotations of the tokens, [tokens, headWidth / 2]: picture tokens frame by frame, then text tokens. */
  readonly ropeCos: FloatTensor;
  readonly ropeSin: FloatTensor;
  /** From `encodeText`. */
  readonly text: FloatTensor;
}

/** A stretch of a clip on its way through the causal VAE. */
export interface VaeChunk {
  readonly values: FloatTensor;
  /** The clip begins here: the caches are ignored. */
  readonly isFirst: boolean;
  /** What the chunk before left behind, [1, channels, 2, height, width] each. */
  readonly caches: readonly FloatTensor[];
}

export interface CodedChunk {
  readonly values: FloatTensor;
  readonly caches: readonly FloatTensor[];
}
