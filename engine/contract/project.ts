import { z } from 'zod';
import { isWithin } from '../document/adjust-clips.ts';
import { formatLimits } from '../document/adjust-film.ts';
import { framesPerSecond } from '../document/time.ts';
import { failureSchema } from './failure.ts';
import { filmSchema, intentSchema, patchSchema, rateSchema } from './film-schema.ts';
import { editorIdSchema, projectIdSchema } from './ids.ts';
import { jobSchema } from './job.ts';
import { libraryEntrySchema } from './library.ts';

const sidePx = z.number().int().min(formatLimits.sidePx.low).max(formatLimits.sidePx.high);

export const newProjectSchema = z.object({
  /** The folder to make; it must not exist or be empty. */
  folder: z.string().min(1),
  name: z.string().min(1).max(200),
  rate: rateSchema
    .refine((rate) => isWithin(framesPerSecond(rate), formatLimits.framesPerSecond), { error: 'no film runs so fast' })
    .exactOptional(),
  widthPx: sidePx.exactOptional(),
  heightPx: sidePx.exactOptional(),
  language: z.enum(['en', 'zh-CN']),
});
export type NewProject = z.infer<typeof newProjectSchema>;

/** Things that happened while opening, told once: the editor should know, and need not act. */
export const noticeSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('stale-lock-taken-over'), host: z.string(), pid: z.number().int() }),
  z.object({ code: z.literal('journal-cut-short'), keptGestures: z.number().int(), rejectedFile: z.string() }),
  z.object({ code: z.literal('takes-unreadable'), folders: z.array(z.string()) }),
  z.object({ code: z.literal('shots-requeued'), count: z.number().int() }),
]);
export type Notice = z.infer<typeof noticeSchema>;

export const openProjectSchema = z.object({
  projectId: projectIdSchema,
  folder: z.string(),
  film: filmSchema,
  revision: z.number().int().nonnegative(),
  /** One window edits a project at a time; every other one reads. */
  role: z.enum(['editor', 'reader']),
  /** Why nobody can edit it, where that is so: every window reads then, and none can take over. */
  readOnly: failureSchema.exactOptional(),
  notices: z.array(noticeSchema),
});
export type OpenProject = z.infer<typeof openProjectSchema>;

/** One gesture for the journal. `undo` and `redo` are gestures too. */
export const journalEntrySchema = z.object({
  cause: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('edit'), intent: intentSchema }),
    z.object({ kind: z.literal('undo'), intent: intentSchema }),
    z.object({ kind: z.literal('redo'), intent: intentSchema }),
  ]),
  patch: patchSchema,
  /** Of the film after the gesture; see engine/document/fingerprint.ts. */
  fingerprint: z.string(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** Everything that reaches a window about its project, in one numbered stream that replays after a reconnect. */
export const projectEventSchema = z.discriminatedUnion('kind', [
  /** Sent first, and again whenever the window has been away too long to be told what it missed. */
  z.object({
    kind: z.literal('snapshot'),
    entries: z.array(libraryEntrySchema),
    jobs: z.array(jobSchema),
    revision: z.number().int(),
    editorId: editorIdSchema.exactOptional(),
  }),
  z.object({ kind: z.literal('entry-changed'), entry: libraryEntrySchema }),
  z.object({ kind: z.literal('entry-gone'), takeId: z.string() }),
  z.object({ kind: z.literal('job-changed'), job: jobSchema }),
  z.object({ kind: z.literal('revision'), revision: z.number().int(), editorId: editorIdSchema.exactOptional() }),
]);
export type ProjectEvent = z.infer<typeof projectEventSchema>;

export const numberedEventSchema = z.object({ sequenceNumber: z.number().int(), event: projectEventSchema });
export type NumberedEvent = z.infer<typeof numberedEventSchema>;

export const recentProjectSchema = z.object({
  folder: z.string(),
  name: z.string(),
  openedAt: z.iso.datetime(),
  isMissing: z.boolean(),
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

export const appendedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), revision: z.number().int() }),
  z.object({ kind: z.literal('failed'), failure: failureSchema }),
]);
