import fc from 'fast-check';
import { expect, test } from 'vitest';
import { saysNothing } from '../contract/generation.ts';
import { tinyModel } from './tiny-model.ts';
import { tokenize, unconditionalTokens, vocabularyOf } from './tokenizer.ts';

const { vocabulary } = tinyModel;

test('English words become tokens and the unknown ones are told apart', () => {
  expect(show('A red Zeppelin, car')).toBe('2 3 0 0 0 0 | A? red Zeppelin? car');
});

test('a synonym may be several words, taken whole or not at all', () => {
  expect(show('crimson aerostat')).toBe('2 4 5 6 0 0 | crimson aerostat');
  expect(show('red red red red aerostat car')).toBe('2 2 2 2 0 0 | red red red red aerostat✂ car✂');
});

test('Chinese is cut by the longest word, and what is between is one unknown word', () => {
  expect(show('红色小汽车')).toBe('7 9 0 0 0 0 | 红色 小汽车');
  expect(show('一辆红色的轿车在海边')).toBe('7 9 10 0 0 0 | 一辆? 红色 的? 轿车 在? 海 边?');
});

test('languages mix, and full-width letters and capitals are letters', () => {
  expect(show('ＲＥＤ 小汽车')).toBe('2 9 0 0 0 0 | ＲＥＤ 小汽车');
});

test('signs that are no words of any kind pass unseen; other writing is told as unknown', () => {
  expect(show('red... “car”\n')).toBe('2 3 0 0 0 0 | red car');
  expect(show('красный car 🚗🚙')).toBe('3 0 0 0 0 0 | красный? car 🚗🚙?');
});

test('ranges point into the prompt as it was typed, even where folding changed its length', () => {
  // ﬁ is one character that folds to two letters; e + acute folds to one.
  expect(show('ﬁlm cafe\u0301 red')).toBe('2 0 0 0 0 0 | ﬁlm? cafe\u0301? red');
});

test('a word that is known and says nothing of a picture is told from one that steers it', () => {
  const pack = vocabularyOf({
    ...{ maxLength: 8, pad: 0, null: 1 },
    latin: { the: 2, over: 3, moon: 4, sea: 5 },
    han: { 一只: 6, 的: 7, 海: 8 },
    synonyms: { above: 'over', ocean: 'sea', overseas: 'over sea' },
  });
  const read = (prompt: string) => tokenize(pack, prompt).reading;
  const marks = (prompt: string) =>
    read(prompt).words.map(({ start, end, mark }) => `${prompt.slice(start, end)}:${mark}`);
  expect(marks('the zeppelin above')).toEqual(['the:filler', 'zeppelin:ignored', 'above:filler']);
  expect(marks('ocean overseas 一只海')).toEqual(['ocean:known', 'overseas:known', '一只:filler', '海:known']);
  expect(['the zeppelin', '一只龙', '一只的'].map((prompt) => saysNothing(read(prompt)))).toEqual([true, true, true]);
  expect(['the moon', '一只海', '', '…'].map((prompt) => saysNothing(read(prompt)))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(tokenize(pack, 'the moon').tokens.slice(0, 2)).toEqual([2, 4]); // a filler is a token like any other
});

test('a prompt without a known word equals no prompt', () => {
  for (const prompt of ['', '  …', 'zeppelin']) {
    expect(tokenize(vocabulary, prompt).tokens).toEqual(unconditionalTokens(vocabulary));
  }
  expect(tokenize(vocabulary, 'zeppelin').reading.tokenCount).toBe(0);
});

test('a word that is also the name of something in JavaScript is just unknown', () => {
  expect(show('constructor __proto__ red')).toMatch(/^2 .*constructor\?/);
});

test('any text is read in order, in ranges of its own, into a full row of tokens', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom('red', ' ', '红色', '海', 'é', 'ﬁ', '🚗', '龙', 'İ', '½')).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (prompt) => {
      const { tokens, reading } = tokenize(vocabulary, prompt);
      expect(tokens).toHaveLength(vocabulary.maxLength);
      expect(reading.tokenCount).toBeLessThanOrEqual(vocabulary.maxLength);
      for (const [index, word] of reading.words.entries()) {
        expect(word.end).toBeGreaterThan(word.start);
        expect(word.end).toBeLessThanOrEqual(prompt.length);
        expect(word.start).toBeGreaterThanOrEqual(reading.words[index - 1]?.end ?? 0);
      }
    }),
  );
});

/** The tokens, then the words: `?` not known, `✂` cut off. */
function show(prompt: string): string {
  const { tokens, reading } = tokenize(vocabulary, prompt);
  const signs = { known: '', filler: '', ignored: '?', cut: '✂' };
  const words = reading.words.map(({ start, end, mark }) => prompt.slice(start, end) + signs[mark]);
  return `${tokens.join(' ')} | ${words.join(' ')}`;
}
