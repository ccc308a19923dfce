import { z } from 'zod';
import { cellsPerToken, type LoomRope } from '../generate/rope.ts';
import { componentSchema, contradictionsOf, packSchema } from './manifest.ts';

const pairs = z.number().int().nonnegative().max(256);
const turn = z.number().positive().max(100);

const ropeSchema = z.object({
  kind: z.literal('loom'),
  headDim: z.number().int().positive().max(512),
  timePairs: pairs,
  spacePairs: pairs,
  unitTokens: z.number().positive().max(1_000_000),
  timeTop: turn,
  timeFalloff: turn,
  spaceTop: turn,
  spaceFalloff: turn,
}) satisfies z.ZodType<LoomRope>;

const cacheSchema = z.object({
  channels: z.number().int().positive().max(4096),
  scale: z.number().int().positive().max(64),
});

/**
 * A pack of the loom family: one stream of picture and text tokens, velocity prediction, the condition as latents
 * with a mask of sub-frames, and a causal VAE that codes a clip chunk by chunk.
 */
export const loomManifestSchema = packSchema
  .extend({
    family: z.literal('loom'),
    components: z.object({
      textEncoder: componentSchema,
      transformer: componentSchema,
      vaeEncoder: componentSchema,
      vaeDecoder: componentSchema,
    }),
    rope: ropeSchema,
    scheduler: z.object({ kind: z.literal('flow-match-euler'), shift: z.number().min(0.1).max(20) }),
    conditioning: z.object({ layout: z.literal('loom') }),
    vae: z.object({
      decode: z.literal('stream'),
      encoderCaches: z.array(cacheSchema).max(64),
      decoderCaches: z.array(cacheSchema).max(64),
    }),
  })
  .check(({ value, issues }) => {
    const faults = [...contradictionsOf(value)];
    const { headDim, timePairs, spacePairs } = value.rope;
    if (timePairs + 2 * spacePairs !== headDim / 2) faults.push('the rope turns more or fewer pairs than a head has');
    const { padTo, maxLength, maskMode } = value.text;
    if (padTo !== undefined && padTo !== maxLength) faults.push('a loom pack fills every prompt up to maxLength');
    if (maskMode !== undefined && maskMode !== 'none')
      faults.push('a loom pack has no text mask: it learnt its padding');
    if (value.defaults.negative !== undefined) faults.push('a loom pack steers away from no words');
    if (value.latent.sizeMultiple % (value.latent.spatial * cellsPerToken) !== 0)
      faults.push('a size would cut a token');
    issues.push(...faults.map((message) => ({ code: 'custom' as const, message, input: value })));
  });
export type LoomManifest = z.infer<typeof loomManifestSchema>;
