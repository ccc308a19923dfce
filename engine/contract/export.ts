import { z } from 'zod';
import { idSchema } from './ids.ts';

/** An H.264/AAC MP4 of a sequence. */
export const exportRequestSchema = z.object({
  sequenceId: idSchema<'sequence'>(),
  /** Where the finished file goes; written beside it under another name until it is whole. */
  path: z.string().min(1),
  /** x264's constant rate factor: 0 is lossless, 18 looks like the source, 28 is small. */
  crf: z.number().int().min(0).max(40),
  preset: z.enum(['veryfast', 'medium', 'slow']),
  audioKbps: z.number().int().min(64).max(320),
  /** What a take without frames becomes. */
  unfinished: z.enum(['refuse', 'black']),
  /** What becomes of a file that has the name already: nothing is replaced unless somebody said so. */
  existing: z.enum(['refuse', 'replace']),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;

export const exportDefaults = {
  crf: 18,
  preset: 'medium',
  audioKbps: 192,
  unfinished: 'refuse',
  existing: 'refuse',
} as const;
