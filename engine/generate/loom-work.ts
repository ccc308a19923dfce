import type { ShotRequest } from '../contract/take.ts';
import type { ShotWork } from './estimate.ts';
import { isGuided } from './guidance.ts';
import type { LoomModel } from './loom-model.ts';
import { shapeOfRequest } from './request-shape.ts';
import { cellsPerToken } from './rope.ts';
import { flowSigmas } from './schedule.ts';

// Attention's share equals that of the layers around it at six times the width: 6 × 256.
const evenTokens = 1536;

/** What a loom pack computes for a shot. Throws FailureError `bad-request` for a shot it does not make. */
export function shotWork(model: LoomModel, request: ShotRequest): ShotWork {
  const { widthPx, heightPx, steps, guidanceScale } = request;
  const { latentFrames, height, width } = shapeOfRequest(model, request);
  const guidance = { scale: guidanceScale, aboveSigma: model.guidanceAboveSigma };
  const sigmas = flowSigmas(steps, model.shift).slice(0, -1);
  const tokens = (latentFrames * height * width) / cellsPerToken ** 2 + model.vocabulary.maxLength;
  return {
    evaluations: steps + sigmas.filter((sigma) => isGuided(guidance, sigma)).length,
    tokenWork: tokens * (1 + tokens / evenTokens),
    megapixels: (widthPx * heightPx * latentFrames * model.latent.temporal) / 1e6,
  };
}
