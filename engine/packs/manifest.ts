import { z } from 'zod';
import { rateSchema } from '../contract/film-schema.ts';
import { packIdSchema } from '../contract/ids.ts';
import { isConfinedPath } from './confined-path.ts';

// What every pack says of itself in `pack.json`, whatever its family. A family adds how its networks are fed; a
// number may only move inside the ranges written here.

export const packFormat = 'shotloom-pack/1';

const whole = z.number().int();
const count = (max: number) => whole.positive().max(max);
export const packPathSchema = z.string().refine(isConfinedPath, { error: 'must be a path inside the pack' });
const bothLanguages = z.object({ en: z.string(), zh: z.string() });
const axes = z.record(z.string(), z.array(z.union([z.string(), whole])));

/** One network of a pack: its graph, and the tensors that go in and out with the names of their axes. */
export const componentSchema = z.object({
  graph: packPathSchema,
  dtype: z.string(),
  /** RUNTIME rule: 17 to 21 is what every provider runs. */
  opset: whole.min(17).max(21),
  inputs: axes,
  outputs: axes,
  /** Execution providers that the graph was made for, the best one first. */
  providers: z.array(z.string()).min(1),
});
export type PackComponent = z.infer<typeof componentSchema>;

/** A file of the pack and what it must hold. `pack.json` and `CARD.md` are the only ones without an entry. */
export const packFileSchema = z.object({
  path: packPathSchema,
  bytes: whole.nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type PackFile = z.infer<typeof packFileSchema>;

/** How the VAE folds pixels, and what its latents were centred on and divided by; one scale for all is a `std` of it. */
export const latentSchema = z.object({
  channels: count(256),
  spatial: z.union([z.literal(8), z.literal(16), z.literal(32)]),
  temporal: z.union([z.literal(4), z.literal(8)]),
  framesRule: z.enum(['4k+1', '8k+1']),
  sizeMultiple: count(256),
  mean: z.array(z.number()),
  std: z.array(z.number().positive()),
});

/** How a prompt becomes numbers for the text encoder. */
const textSchema = z.object({
  tokenizer: packPathSchema,
  /** Tokens of a prompt at most. */
  maxLength: count(4096),
  /** Tokens it is filled up to; `maxLength` unless it is said. */
  padTo: count(4096).exactOptional(),
  /** What the transformer is told of the filling: zeros in its place, a bias in its attention, or nothing. */
  maskMode: z.enum(['zero-rows', 'bias', 'none']).exactOptional(),
});

export const packSchema = z.object({
  format: z.literal(packFormat),
  id: packIdSchema,
  version: z.string().min(1).max(40),
  name: z.string().min(1).max(100),
  family: z.string(),
  license: z.object({ id: z.string(), url: z.string(), mustAccept: z.boolean() }),
  components: z.record(z.string(), componentSchema),
  files: z.array(packFileSchema).max(1000),
  latent: latentSchema,
  text: textSchema,
  sizes: z.array(z.object({ width: count(8192), height: count(8192) })).min(1),
  frames: z.object({ min: count(10_000), max: count(10_000) }),
  rate: rateSchema,
  guidance: z.object({ scale: z.number().min(1).max(30), aboveSigma: z.number().min(0).max(1) }),
  defaults: z.object({
    steps: count(200),
    frames: count(10_000),
    width: count(8192),
    height: count(8192),
    /** What to steer away from, where the family has words for that. */
    negative: z.string().max(2000).exactOptional(),
  }),
  tasks: z.array(z.string()).min(1),
  level: bothLanguages,
  metrics: z.record(z.string(), z.unknown()),
  provenance: z.record(z.string(), z.unknown()),
});
export type PackManifest = z.infer<typeof packSchema>;

/** What a manifest that parses still contradicts itself in; empty when it is sound. */
export function contradictionsOf(manifest: PackManifest): readonly string[] {
  const { latent, files, components, text, sizes, frames, defaults } = manifest;
  const listed = new Set(files.map(({ path }) => path));
  const isLegalCount = (value: number) => value % latent.temporal === 1;
  const isSize = ({ width, height }: { width: number; height: number }) =>
    width % latent.sizeMultiple === 0 && height % latent.sizeMultiple === 0;
  const checks: readonly (readonly [boolean, string])[] = [
    [listed.size === files.length, 'a file is listed twice'],
    [Object.values(components).every(({ graph }) => listed.has(graph)), 'a graph is not among the files'],
    [listed.has(text.tokenizer), 'the tokenizer is not among the files'],
    [(text.padTo ?? text.maxLength) >= text.maxLength, 'padTo is shorter than maxLength'],
    [latent.mean.length === latent.channels && latent.std.length === latent.channels, 'mean and std miss channels'],
    [latent.framesRule === `${latent.temporal}k+1`, 'framesRule is not the VAE’s'],
    [latent.sizeMultiple % latent.spatial === 0, 'sizeMultiple is no multiple of the latent cell'],
    [sizes.every(isSize), 'a size is not in steps of sizeMultiple'],
    [[frames.min, frames.max, defaults.frames].every(isLegalCount), 'a frame count breaks framesRule'],
    [frames.min <= defaults.frames && defaults.frames <= frames.max, 'the default length is out of range'],
    [
      sizes.some(({ width, height }) => width === defaults.width && height === defaults.height),
      'the default size is none of the sizes',
    ],
  ];
  return checks.filter(([holds]) => !holds).map(([, fault]) => fault);
}
