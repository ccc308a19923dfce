import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tinyModel } from './tiny-model.ts';
import { tokenize, unconditionalTokens } from './tokenizer.ts';

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
  const signs = { known: '', ignored: '?', cut: '✂' };
  const words = reading.words.map(({ start, end, mark }) => prompt.slice(start, end) + signs[mark]);
  return `${tokens.join(' ')} | ${words.join(' ')}`;
}
