import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { takeFactsSchema } from './film-schema.ts';
import { jobIdSchema, mediaIdSchema } from './ids.ts';
import { shotRequestSchema, takeRecordSchema } from './take.ts';

// What the window knows of the library: one entry a take, with what can be shown of it so far.

/** Small pictures of a take, evenly spaced, side by side in one JPEG of `columns` across. */
export const filmstripSchema = z.object({
  media: mediaIdSchema,
  columns: z.number().int().positive(),
  tileCount: z.number().int().positive(),
  tileWidthPx: z.number().int().positive(),
  tileHeightPx: z.number().int().positive(),
  /** Take frame of each tile: `tileFrames[i]`; the first and the last frame are always there. */
  tileFrames: z.array(z.number().int().nonnegative()),
});
export type Filmstrip = z.infer<typeof filmstripSchema>;

/** Where the window reads a take's picture for playback. `exact` says its frames are the original's. */
export const pictureSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('original'),
    media: mediaIdSchema,
    mime: z.string(),
    frameTable: mediaIdSchema.exactOptional(),
  }),
  z.object({ kind: z.literal('proxy'), media: mediaIdSchema, widthPx: z.number().int(), heightPx: z.number().int() }),
  z.object({ kind: z.literal('still'), media: mediaIdSchema }),
]);
export type PictureSource = z.infer<typeof pictureSourceSchema>;

export const takeViewSchema = z.object({
  filmstrip: filmstripSchema.exactOptional(),
  /** The whole picture of the first frame (or the still), as a JPEG or PNG. */
  poster: mediaIdSchema.exactOptional(),
  picture: pictureSourceSchema.exactOptional(),
  /** 48 kHz stereo 16-bit WAV, sample 0 at the take's first frame of picture. */
  sound: mediaIdSchema.exactOptional(),
  /** Peaks: see peaks-file.ts for the layout, and for how to read them. */
  peaks: mediaIdSchema.exactOptional(),
});
export type TakeView = z.infer<typeof takeViewSchema>;

export const libraryEntrySchema = z.discriminatedUnion('kind', [
  /** Being generated: the facts are promised, there are no frames yet. */
  z.object({ kind: z.literal('pending'), facts: takeFactsSchema, request: shotRequestSchema, jobId: jobIdSchema }),
  z.object({ kind: z.literal('ready'), facts: takeFactsSchema, record: takeRecordSchema, view: takeViewSchema }),
  /** The file an imported take was made from is not where it was. */
  z.object({ kind: z.literal('offline'), facts: takeFactsSchema, record: takeRecordSchema, view: takeViewSchema }),
  z.object({ kind: z.literal('failed'), facts: takeFactsSchema, request: shotRequestSchema, failure: failureSchema }),
]);
export type LibraryEntry = z.infer<typeof libraryEntrySchema>;

export const importedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('imported'), path: z.string(), entry: libraryEntrySchema }),
  z.object({ kind: z.literal('refused'), path: z.string(), failure: failureSchema }),
]);
export type Imported = z.infer<typeof importedSchema>;
