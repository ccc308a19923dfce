import type { PackId } from '../contract/ids.ts';
import type { LatentScale } from './latent-scale.ts';
import type { LatentRules } from './latent-shape.ts';
import type { LoomRope } from './rope.ts';
import type { Vocabulary } from './tokenizer.ts';
import type { CacheRule } from './vae-stream.ts';

/** Everything about a loom pack that is not weights: what a shot needs besides the four networks. */
export interface LoomModel {
  readonly packId: PackId;
  readonly vocabulary: Vocabulary;
  readonly latent: LatentRules & LatentScale;
  readonly rope: LoomRope;
  /** How the noise levels are bent: see `flowSigmas`. */
  readonly shift: number;
  /** Guidance is given above this sigma only. */
  readonly guidanceAboveSigma: number;
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
  readonly frameLimits: { readonly min: number; readonly max: number };
  readonly encoderCaches: readonly CacheRule[];
  readonly decoderCaches: readonly CacheRule[];
}
