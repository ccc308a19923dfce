import { type LatentScale, normalise } from './latent-scale.ts';
import type { LatentRules, LatentShape } from './latent-shape.ts';
import type { FloatTensor } from './loom-graphs.ts';
import { encodeClip, type VaeStream, zeros } from './vae-stream.ts';

/**
 * What is known of a clip before it is generated, as the transformer takes it. Every editing task is this and
 * nothing else: text knows nothing, an image the first frame, an extension a stretch at one end.
 */
export interface Condition {
  /** [channels, latentFrames, height, width], normalised; zeros in latent frames that nothing is known of. */
  readonly latents: FloatTensor;
  /**
   * 1 = given, keep; 0 = generate. [temporal, latentFrames, height, width]: a channel for each of the frames in a
   * latent frame. Latent frame 0 holds one frame only, and its channels repeat it.
   */
  readonly mask: FloatTensor;
  /**
   * Latent frames at the start that are known whole. These are not made from noise: the causal VAE codes them as if
   * the rest were known too, so they enter the sample as they are, at `prefixSigma`. Other known pixels were encoded
   * beside grey and would not match what comes of the noise; they steer, and no more.
   */
  readonly prefixFrames: number;
}

/** The noise that a known start is given and told of: training used 0 to 0.15, so that errors in it are forgiven. */
export const prefixSigma = 0.05;

/** The condition of a shot made from words alone. */
export function nothingKnown({ channels, latentFrames, height, width }: LatentShape, temporal: number): Condition {
  return {
    latents: zeros([channels, latentFrames, height, width]),
    mask: zeros([temporal, latentFrames, height, width]),
    prefixFrames: 0,
  };
}

/** A clip of which some is known. */
export interface KnownPixels {
  /** [3, frames, H, W] in [−1, 1]; what is not known may hold anything. */
  readonly pixels: FloatTensor;
  /** 1 = given, keep; 0 = generate. [frames, height, width], one for each latent cell's square of pixels. */
  readonly known: FloatTensor;
}

/**
 * The condition of a clip of which some is known: everything else is made mid grey, the whole is encoded, and latent
 * frames without anything known are emptied, because their encoding says nothing but grey.
 */
export async function conditionOf(
  { pixels, known }: KnownPixels,
  rules: LatentRules & LatentScale,
  encoder: VaeStream,
): Promise<Condition> {
  const mask = maskOf(known, rules.temporal);
  const latents = await encodeClip(encoder, greyOutside(pixels, known, rules.spatial), rules.temporal);
  normalise(latents.data, rules);
  emptyUnknownFrames(latents, mask);
  return { latents, mask, prefixFrames: wholeFrames(mask) };
}

function greyOutside({ data, shape }: FloatTensor, known: FloatTensor, spatial: number): FloatTensor {
  const [, frames = 0, height = 0, width = 0] = shape;
  const cellsAcross = width / spatial;
  const cells = cellsAcross * (height / spatial);
  const kept = data.map((value, index) => {
    const x = index % width;
    const y = Math.floor(index / width) % height;
    const frame = Math.floor(index / (width * height)) % frames;
    const cell = frame * cells + Math.floor(y / spatial) * cellsAcross + Math.floor(x / spatial);
    return value * (known.data[cell] ?? 0);
  });
  return { data: kept, shape };
}

function maskOf({ data, shape: [, height = 0, width = 0] }: FloatTensor, temporal: number): FloatTensor {
  const cells = height * width;
  const latentFrames = (data.length / cells - 1) / temporal + 1;
  const mask = zeros([temporal, latentFrames, height, width]);
  for (let sub = 0; sub < temporal; sub++) {
    for (let t = 0; t < latentFrames; t++) {
      const frame = t === 0 ? 0 : (t - 1) * temporal + 1 + sub;
      mask.data.set(data.subarray(frame * cells, (frame + 1) * cells), (sub * latentFrames + t) * cells);
    }
  }
  return mask;
}

function emptyUnknownFrames(latents: FloatTensor, mask: FloatTensor): void {
  for (let t = 0; t < (mask.shape[1] ?? 0); t++) {
    const isUnknown = channelsAt(mask, t).every((cells) => cells.every((value) => value === 0));
    if (isUnknown) for (const cells of channelsAt(latents, t)) cells.fill(0);
  }
}

function wholeFrames(mask: FloatTensor): number {
  const isWhole = (t: number) => channelsAt(mask, t).every((cells) => cells.every((value) => value === 1));
  let whole = 0;
  while (whole < (mask.shape[1] ?? 0) && isWhole(whole)) whole += 1;
  return whole;
}

/** The cells of every channel at latent frame `t` of [channels, latentFrames, height, width], as views. */
function channelsAt({ data, shape }: FloatTensor, t: number): readonly Float32Array[] {
  const [channels = 0, latentFrames = 0, height = 0, width = 0] = shape;
  const cells = height * width;
  return Array.from({ length: channels }, (_, channel) => {
    const from = (channel * latentFrames + t) * cells;
    return data.subarray(from, from + cells);
  });
}
