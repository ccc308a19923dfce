import { z } from 'zod';
import type { KnownWords } from './pack.ts';

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

/** The words a prompt can use, and the first one for each thing that it can be about. */
export function knownWordsOf({ latin, han, synonyms, fields }: TokenizerFile): KnownWords {
  const values = Object.values(fields).flatMap((field) => Object.values(field));
  const first = (language: 'en' | 'zh') => values.flatMap((said) => said[language].slice(0, 1));
  return {
    count: [latin, han, synonyms].flatMap(Object.keys).length,
    suggestions: { en: first('en'), zh: first('zh') },
  };
}
