import { z } from 'zod';
import { takeIdSchema } from './ids.ts';

// A full disk: what may be given up on it, and what never is. Footage, takes in the film and the film itself are not.

export const diskSurveySchema = z.object({
  /** What of the project lies on the disk that is full: its cache alone, or the project itself. */
  holds: z.enum(['cache', 'project']),
  freeBytes: z.number(),
  totalBytes: z.number(),
  /** Caches of projects that are not open, made again when those are opened; 0 where they lie on another disk. */
  otherCacheBytes: z.number(),
  /** Generated takes that no clip uses; gone for good. Empty where they lie on another disk. */
  unusedTakes: z.array(z.object({ takeId: takeIdSchema, name: z.string(), bytes: z.number() })),
});
export type DiskSurvey = z.infer<typeof diskSurveySchema>;

/** What came of giving up: all that was named is gone, but for takes that could not be removed and are there whole. */
export const freedSchema = z.object({ takesLeft: z.array(takeIdSchema) });
