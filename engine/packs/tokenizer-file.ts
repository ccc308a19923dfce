import { z } from 'zod';

const token = z.number().int().nonnegative();
const words = z.array(z.string());

/** `tokenizer.json` of a pack with a closed vocabulary. */
export const tokenizerFileSchema = z.object({
  format: z.literal('shotloom-tokenizer/1'),
  maxLength: z.number().int().positive().max(4096),
  pad: token,
  null: token,
  latin: z.record(z.string(), token),
  han: z.record(z.string(), token),
  synonyms: z.record(z.string(), z.string()),
  /** What a prompt can be about: field, value, and the words that say it, the one to show first. */
  fields: z.record(z.string(), z.record(z.string(), z.object({ en: words, zh: words }))),
});
export type TokenizerFile = z.infer<typeof tokenizerFileSchema>;
