import { z } from 'zod';
import { rateSchema } from './film-schema.ts';
import { packIdSchema } from './ids.ts';

/** How the pack reads a prompt: ranges of UTF-16 code units, in order, covering every word. */
export const promptReadingSchema = z.object({
  words: z.array(
    z.object({
      start: z.number().int(),
      end: z.number().int(),
      /**
       * `known` steers the shot; `filler` is known too and says nothing of a picture by itself (a, the, 的); `ignored`
       * is not in the pack's vocabulary; `cut` lies past the pack's length.
       */
      mark: z.enum(['known', 'filler', 'ignored', 'cut']),
    }),
  ),
  tokenCount: z.number().int(),
  maxTokenCount: z.number().int(),
});
export type PromptReading = z.infer<typeof promptReadingSchema>;

/** Whether a prompt has words, and none of them tells the pack what to show: no shot can come of it. */
export function saysNothing({ words }: Pick<PromptReading, 'words'>): boolean {
  return words.length > 0 && words.every((word) => word.mark !== 'known');
}

export const packSummarySchema = z.object({
  id: packIdSchema,
  name: z.string(),
  version: z.string(),
  isBuiltIn: z.boolean(),
  tasks: z.array(z.string()),
  rate: rateSchema,
  sizes: z.array(z.object({ widthPx: z.number().int(), heightPx: z.number().int() })),
  /** Frames at the pack's rate. The pack makes 1 + a multiple of `step`; any count between is made longer and trimmed. */
  frameCounts: z.object({ min: z.number().int(), max: z.number().int(), step: z.number().int() }),
  defaults: z.object({ steps: z.number().int(), guidanceScale: z.number(), frameCount: z.number().int() }),
  /** One honest sentence on what the pack can do, in each language. */
  level: z.object({ en: z.string(), zh: z.string() }),
  /** Absent where the pack reads whatever is written. */
  knownWordCount: z.number().int().exactOptional(),
  /** Words to offer when a prompt has none that the pack knows. */
  suggestions: z.object({ en: z.array(z.string()), zh: z.array(z.string()) }),
  bytes: z.number().int(),
});
export type PackSummary = z.infer<typeof packSummarySchema>;

/** What a shot would cost on this machine. Absent numbers are unknown until the first run. */
export const estimateSchema = z.object({
  seconds: z.number().exactOptional(),
  memoryBytes: z.number().exactOptional(),
  diskBytes: z.number(),
});
export type Estimate = z.infer<typeof estimateSchema>;
