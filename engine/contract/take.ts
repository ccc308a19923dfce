import { z } from 'zod';
import { rateSchema, takeFactsSchema } from './film-schema.ts';
import { packIdSchema } from './ids.ts';

// What `take.json` holds: the truth about one take. Written last and by rename, so a folder that has one is whole.

/** How the samples of a picture are to be read as colour. `isGuessed` where the file did not say. */
export const colourSchema = z.object({
  matrix: z.enum(['bt709', 'bt601', 'bt2020', 'rgb']),
  range: z.enum(['limited', 'full']),
  primaries: z.string(),
  transfer: z.string(),
  isGuessed: z.boolean(),
});
export type Colour = z.infer<typeof colourSchema>;

/** The picture stream a take uses, as it is coded. */
export const pictureStreamSchema = z.object({
  /** The stream's index in its file, as ffmpeg counts. */
  streamIndex: z.number().int().nonnegative(),
  codec: z.string(),
  pixelFormat: z.string(),
  codedWidthPx: z.number().int().positive(),
  codedHeightPx: z.number().int().positive(),
  /** Width of one coded pixel against its height. */
  pixelAspect: rateSchema,
  /** Clockwise turn that makes the picture upright, then the flip. */
  rotationDegrees: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]),
  isMirrored: z.boolean(),
  hasAlpha: z.boolean(),
  colour: colourSchema,
  /**
   * `constant`: coded frame n is take frame n. `variable`: take frame n is the last coded frame shown at or before
   * n / rate after the first one, with a quarter of a frame's grace; frame-table-file.ts has the rule and the table.
   */
  timing: z.enum(['constant', 'variable', 'still']),
});
export type PictureStream = z.infer<typeof pictureStreamSchema>;

export const soundStreamSchema = z.object({
  streamIndex: z.number().int().nonnegative(),
  codec: z.string(),
  channelCount: z.number().int().positive(),
  sampleRateHz: z.number().int().positive(),
  /** Silence (positive) or dropped sound (negative) before the first frame of picture, in samples. */
  startsAtSample: z.number().int(),
  /** `counted`: its samples follow one another without a gap, whatever times the file gives them. */
  timing: z.literal('counted').exactOptional(),
});
export type SoundStream = z.infer<typeof soundStreamSchema>;

export const mediaFactsSchema = z.object({
  container: z.string(),
  picture: pictureStreamSchema.exactOptional(),
  sound: soundStreamSchema.exactOptional(),
});
export type MediaFacts = z.infer<typeof mediaFactsSchema>;

/** Where an imported file lies. The relative path (with `/`) is tried first, so that a moved project still finds it. */
export const fileReferenceSchema = z.object({
  relativePath: z.string().exactOptional(),
  absolutePath: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  modifiedMs: z.number(),
  /** SHA-256 of the first and last 64 KiB and the size: enough to know a moved file again. */
  sampleHash: z.string(),
});
export type FileReference = z.infer<typeof fileReferenceSchema>;

/** What was asked of the generator. Everything needed to make the very same take again is here. */
export const shotRequestSchema = z.object({
  task: z.literal('text'),
  prompt: z.string().max(400),
  packId: packIdSchema,
  /** Frames at the pack's rate. */
  frameCount: z.number().int().positive(),
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
  seed: z.number().int().nonnegative().max(0xffffffff),
  steps: z.number().int().positive().max(200),
  guidanceScale: z.number().min(1).max(30),
});
export type ShotRequest = z.infer<typeof shotRequestSchema>;

export const recipeSchema = shotRequestSchema.extend({
  packName: z.string(),
  packVersion: z.string(),
  /** SHA-256 of the pack's file list: the same request to other weights is another picture. */
  packHash: z.string(),
  /** The part of the prompt the pack understood, and what it did not. */
  understood: z.array(z.string()),
  ignored: z.array(z.string()),
  provider: z.string(),
  appVersion: z.string(),
  secondsSpent: z.number(),
});
export type Recipe = z.infer<typeof recipeSchema>;

export const takeRecordSchema = z.object({
  version: z.literal(1),
  facts: takeFactsSchema,
  createdAt: z.iso.datetime(),
  origin: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('imported'), file: fileReferenceSchema, media: mediaFactsSchema }),
    z.object({
      kind: z.literal('generated'),
      recipe: recipeSchema,
      /** The lossless frames, a file beside this one: a plain name, so that a project from elsewhere names nothing else. */
      file: z.string().regex(/^[\w-]+(\.[\w-]+)*$/),
      sha256: z.string(),
      media: mediaFactsSchema,
      /** IPTC digital source type, carried into every export that shows this take. */
      digitalSourceType: z.literal('trainedAlgorithmicMedia'),
    }),
  ]),
});
export type TakeRecord = z.infer<typeof takeRecordSchema>;
