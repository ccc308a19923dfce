import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { jobIdSchema, takeIdSchema } from './ids.ts';

// Long work, as the window sees it: shots, exports, and the indexing of imports are all jobs with one life.

export const activitySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loading-pack') }),
  z.object({ kind: z.literal('reading-prompt') }),
  z.object({ kind: z.literal('sampling'), step: z.number().int(), stepCount: z.number().int() }),
  z.object({ kind: z.literal('decoding'), framesDone: z.number().int(), frameCount: z.number().int() }),
  z.object({ kind: z.literal('writing') }),
  z.object({ kind: z.literal('indexing') }),
  z.object({ kind: z.literal('drawing-filmstrip') }),
  z.object({ kind: z.literal('drawing-waveform') }),
  z.object({ kind: z.literal('making-proxy') }),
  z.object({ kind: z.literal('encoding'), framesDone: z.number().int(), frameCount: z.number().int() }),
]);
export type Activity = z.infer<typeof activitySchema>;

export const jobStateSchema = z.discriminatedUnion('kind', [
  /** `position` 0 is next. */
  z.object({ kind: z.literal('queued'), position: z.number().int().nonnegative() }),
  z.object({
    kind: z.literal('running'),
    activity: activitySchema,
    /** Share of the whole, by time and not by phase, in [0, 1]. */
    done: z.number().min(0).max(1),
    secondsLeft: z.number().nonnegative().exactOptional(),
  }),
  /**
   * It rests: until an undo brings the ghost back, where nothing on the timeline waits for it any more; with `because`,
   * until there is room on the disk and somebody says so.
   */
  z.object({ kind: z.literal('paused'), because: failureSchema.exactOptional() }),
  z.object({ kind: z.literal('finished') }),
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('failed'), failure: failureSchema }),
]);
export type JobState = z.infer<typeof jobStateSchema>;

export const jobSchema = z.object({
  id: jobIdSchema,
  kind: z.enum(['shot', 'ingest', 'export']),
  /** The prompt, the file name, or the name of the exported file. */
  title: z.string(),
  /** The take that comes of it; an export makes none. */
  takeId: takeIdSchema.exactOptional(),
  /** Where an exported file lies once its job has finished. */
  path: z.string().exactOptional(),
  state: jobStateSchema,
});
export type Job = z.infer<typeof jobSchema>;

/** Whether a job will never change again. */
export function hasEnded(state: JobState): boolean {
  return state.kind === 'finished' || state.kind === 'cancelled' || state.kind === 'failed';
}
