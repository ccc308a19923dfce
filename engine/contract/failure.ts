import { z } from 'zod';
import { deviceFaultSchema, deviceNames } from './device.ts';
import { packIdSchema, takeIdSchema } from './ids.ts';

/**
 * What went wrong, as a value: the window turns the code into a sentence in the editor's language that says what
 * happened, what is safe and what to do. Paths are shown to the editor only, never logged.
 */
export const failureSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('out-of-memory'), neededBytes: z.number(), freeBytes: z.number() }),
  z.object({ code: z.literal('pack-missing'), packId: packIdSchema }),
  z.object({ code: z.literal('pack-damaged'), packId: packIdSchema, file: z.string(), reason: z.string() }),
  /** A pack of a kind of model that this version cannot run. */
  z.object({ code: z.literal('pack-unsupported'), packId: packIdSchema, family: z.string() }),
  z.object({ code: z.literal('runner-stopped'), packId: packIdSchema, crashCount: z.number().int() }),
  /** The device that the editor chose, or the only one that the pack was made for, cannot be used. */
  z.object({
    code: z.literal('device-missing'),
    packId: packIdSchema,
    device: z.enum(deviceNames),
    fault: deviceFaultSchema,
  }),
  z.object({ code: z.literal('prompt-unknown'), packId: packIdSchema }),
  z.object({ code: z.literal('media-unreadable'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('media-unsupported'), path: z.string(), codec: z.string() }),
  z.object({ code: z.literal('media-missing'), path: z.string(), takeId: takeIdSchema.optional() }),
  /** A path that the in-app file browser does not show: it is not there, or lies outside the folders it was given. */
  z.object({ code: z.literal('out-of-reach'), path: z.string() }),
  z.object({ code: z.literal('disk-full'), path: z.string(), neededBytes: z.number().optional() }),
  z.object({ code: z.literal('not-writable'), path: z.string() }),
  /** A file to be written would take the place of something the film is made of. */
  z.object({ code: z.literal('would-overwrite'), path: z.string() }),
  /** A file that is there already and nobody said is to be replaced; `freePath` is a name beside it that is free. */
  z.object({
    code: z.literal('file-exists'),
    path: z.string(),
    sizeBytes: z.number(),
    modifiedMs: z.number(),
    freePath: z.string(),
  }),
  /** Another export is on its way to the same name. */
  z.object({ code: z.literal('being-exported'), path: z.string() }),
  z.object({ code: z.literal('folder-missing'), path: z.string() }),
  /** A folder that goes when caches are swept, so nothing that is to stay may be put there. */
  z.object({ code: z.literal('inside-cache'), path: z.string() }),
  z.object({ code: z.literal('folder-not-empty'), path: z.string() }),
  z.object({ code: z.literal('not-a-project'), path: z.string() }),
  z.object({ code: z.literal('project-damaged'), path: z.string(), reason: z.string() }),
  z.object({ code: z.literal('project-newer'), path: z.string(), version: z.number().int() }),
  z.object({ code: z.literal('project-locked'), path: z.string(), host: z.string(), pid: z.number().int() }),
  z.object({ code: z.literal('not-the-editor') }),
  z.object({ code: z.literal('revision-behind'), revision: z.number().int() }),
  z.object({ code: z.literal('nothing-to-export') }),
  z.object({ code: z.literal('unfinished-takes'), count: z.number().int() }),
  z.object({ code: z.literal('ffmpeg-missing'), reason: z.string() }),
  z.object({ code: z.literal('ffmpeg-failed'), lastLines: z.array(z.string()) }),
  z.object({ code: z.literal('bad-request'), reason: z.string() }),
  z.object({ code: z.literal('internal'), reportId: z.string() }),
]);

export type Failure = z.infer<typeof failureSchema>;
export type FailureCode = Failure['code'];

/** A failure on its way through code that throws: caught where processes meet and sent as its value. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(`${failure.code}: ${JSON.stringify(failure)}`, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}

/** What a request that can fail answers. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: Failure };

export const failedSchema = z.object({ kind: z.literal('failed'), failure: failureSchema });

export function outcomeSchema<S extends z.ZodType>(value: S) {
  return z.discriminatedUnion('kind', [z.object({ kind: z.literal('done'), value }), failedSchema]);
}
