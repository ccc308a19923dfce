import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { tokenize } from '../../engine/generate/tokenizer.ts';
import { readLoomPack } from '../../engine/packs/loom-pack.ts';
import { readPackOf } from '../../engine/packs/read-pack.ts';
import { openRecordings, recordedPacks } from './recorded.ts';

// The texts, odd ones and captions in two languages, were read by the tokenizer that the pack was trained with.

const ranges = z.array(z.tuple([z.number(), z.number()]));
const casesSchema = z.array(
  z.object({ text: z.string(), ids: z.array(z.number()), words: ranges, unknown: ranges, other: ranges, cut: ranges }),
);

test('the card of the built-in pack counts its words as the app does', async () => {
  const builtIn = recordedPacks.find(({ name }) => name === 'loom-mini');
  if (!builtIn) throw new Error('the built-in pack is not there');
  const { knownWords } = await readPackOf({ loom: readLoomPack }, builtIn.folder);
  const card = readFileSync(join(builtIn.folder, 'CARD.md'), 'utf8');
  expect(card).toContain(`it knows ${knownWords?.count} of English and Chinese, synonyms counted`);
});

describe.each(recordedPacks)('$name', ({ folder, recordings }) => {
  test('every recorded text is read as it was in training', async () => {
    const { vocabulary } = (await readPackOf({ loom: readLoomPack }, folder)).model;
    const cases = casesSchema.parse(openRecordings(recordings).tokenizer());
    expect(cases.length).toBeGreaterThan(50);
    for (const { text, ids, words, unknown, other, cut } of cases) {
      const { tokens, reading } = tokenize(vocabulary, text);
      const marked = (...marks: string[]) =>
        reading.words.filter(({ mark }) => marks.includes(mark)).map(({ start, end }) => [start, end]);
      expect(tokens, text).toEqual(ids);
      expect(marked('known', 'filler'), text).toEqual(words);
      expect(marked('cut'), text).toEqual(cut);
      expect(marked('ignored'), text).toEqual(expect.arrayContaining(unknown));
      // Signs such as emoji are told to the editor as ignored too; training has them among what is between words.
      const isTold = ([start = 0, end = 0]: number[]) =>
        [...unknown, ...other].some(([from, to]) => from <= start && end <= to);
      expect(marked('ignored').every(isTold), text).toBe(true);
    }
  });
});
