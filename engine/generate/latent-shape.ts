/** The size of a shot inside the VAE: what the noise, the condition and the velocity share. */
export interface LatentShape {
  readonly channels: number;
  readonly latentFrames: number;
  readonly height: number;
  readonly width: number;
}

/** How a VAE folds pixels into latents. */
export interface LatentRules {
  readonly channels: number;
  /** Pixels across, and down, to one latent cell. */
  readonly spatial: number;
  /** Frames to one latent frame; the first latent frame holds one frame only. */
  readonly temporal: number;
}

/**
 * The latents of a shot of `frameCount` frames. A count between two legal ones takes the longer, so that the shot
 * can be trimmed to what was asked. Throws RangeError for a size the VAE cannot fold.
 */
export function latentShapeOf(rules: LatentRules, widthPx: number, heightPx: number, frameCount: number): LatentShape {
  if (widthPx % rules.spatial !== 0 || heightPx % rules.spatial !== 0) {
    throw new RangeError(`${widthPx}×${heightPx} is not in steps of ${rules.spatial} pixels`);
  }
  return {
    channels: rules.channels,
    latentFrames: Math.ceil((frameCount - 1) / rules.temporal) + 1,
    height: heightPx / rules.spatial,
    width: widthPx / rules.spatial,
  };
}
