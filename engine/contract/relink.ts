import { z } from 'zod';
import { rateSchema } from './film-schema.ts';
import { takeIdSchema } from './ids.ts';
import { libraryEntrySchema } from './library.ts';

// Footage whose file is not where it was: looking for it, and pointing its take to where it is now.

const sizeSchema = z.object({ widthPx: z.number().int(), heightPx: z.number().int() });
const pictureKindSchema = z.enum(['moving', 'still', 'none']);

/** One way in which a file is not what a take was made from. */
export const differenceSchema = z.discriminatedUnion('of', [
  z.object({ of: z.literal('bytes'), was: z.number(), is: z.number() }),
  z.object({ of: z.literal('codec'), was: z.string(), is: z.string() }),
  z.object({ of: z.literal('picture'), was: pictureKindSchema, is: pictureKindSchema }),
  z.object({ of: z.literal('frame-size'), was: sizeSchema, is: sizeSchema }),
  z.object({ of: z.literal('rate'), was: rateSchema, is: rateSchema }),
  z.object({ of: z.literal('frames'), was: z.number().int(), is: z.number().int() }),
  z.object({ of: z.literal('sound'), was: z.boolean(), is: z.boolean() }),
  z.object({ of: z.literal('sound-length'), wasSeconds: z.number(), isSeconds: z.number() }),
]);
export type Difference = z.infer<typeof differenceSchema>;

/** What came of pointing a take to a file. */
export const relinkedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('relinked'), entry: libraryEntrySchema }),
  /**
   * The file holds something else, and nothing was changed. `differences` may be none that can be told: the length, the
   * size and the rate agree, and the content does not. `canStandIn`: it may be taken all the same, once somebody who
   * has been told of them says so; else the film's clips would not fit it.
   */
  z.object({ kind: z.literal('differs'), differences: z.array(differenceSchema), canStandIn: z.boolean() }),
]);
export type Relinked = z.infer<typeof relinkedSchema>;

/** A search for the files of all takes that are offline, as it goes on. */
export const mediaSearchSchema = z.discriminatedUnion('kind', [
  /** Told first, of those that have one: another file lies where the take's was. */
  z.object({ kind: z.literal('replaced'), takeId: takeIdSchema, path: z.string() }),
  z.object({ kind: z.literal('looking'), fileCount: z.number().int() }),
  /** The very content lies there, whatever the file is called. */
  z.object({ kind: z.literal('found'), takeId: takeIdSchema, path: z.string() }),
  /** `isCutShort`: there are more files below than one search goes through. */
  z.object({ kind: z.literal('ended'), fileCount: z.number().int(), isCutShort: z.boolean() }),
]);
export type MediaSearch = z.infer<typeof mediaSearchSchema>;
