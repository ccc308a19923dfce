import { FailureError } from '../contract/failure.ts';
import type { ShotRequest } from '../contract/take.ts';
import { type LatentShape, latentShapeOf } from './latent-shape.ts';
import type { LoomModel } from './loom-model.ts';

/** The latents a request asks for. Throws FailureError `bad-request` for a size or length the pack does not make. */
export function shapeOfRequest(
  { packId, latent, sizes, frameLimits }: LoomModel,
  { widthPx, heightPx, frameCount }: ShotRequest,
): LatentShape {
  if (!sizes.some(({ width, height }) => width === widthPx && height === heightPx)) {
    const made = sizes.map(({ width, height }) => `${width}×${height}`).join(', ');
    throw badRequest(`${packId} makes ${made}, not ${widthPx}×${heightPx}`);
  }
  if (frameCount < frameLimits.min || frameCount > frameLimits.max) {
    throw badRequest(`${packId} makes ${frameLimits.min} to ${frameLimits.max} frames, not ${frameCount}`);
  }
  return latentShapeOf(latent, widthPx, heightPx, frameCount);
}

function badRequest(reason: string): FailureError {
  return new FailureError({ code: 'bad-request', reason });
}
