import type { PromptReading } from '../contract/generation.ts';
import { isFunctionWord } from './function-words.ts';
import { type FoldedCharacter, foldPrompt, isBetweenWords, isHan, isLatin, type Span } from './prompt-text.ts';

/** A closed vocabulary of English words and Chinese strings, as a pack has it. */
export interface Vocabulary {
  /** Tokens to a prompt, always: shorter ones are padded, longer ones cut. */
  readonly maxLength: number;
  readonly pad: number;
  /** Stands alone where nothing is said: the prompt of the prediction without words. */
  readonly null: number;
  /** Words of Latin letters, digits and apostrophes, in small letters, and their tokens. */
  readonly latin: ReadonlyMap<string, number>;
  /** Strings of Han characters and their tokens. */
  readonly han: ReadonlyMap<string, number>;
  /** Other ways to say it: a word or Han string, and the entries it stands for. */
  readonly synonyms: ReadonlyMap<string, readonly string[]>;
  /** Characters in the longest Han string among `han` and `synonyms`. */
  readonly longestHan: number;
}

/** The vocabulary of a `tokenizer.json`, ready to be looked up. A synonym of several words has spaces between them. */
export function vocabularyOf(file: {
  readonly maxLength: number;
  readonly pad: number;
  readonly null: number;
  readonly latin: Readonly<Record<string, number>>;
  readonly han: Readonly<Record<string, number>>;
  readonly synonyms: Readonly<Record<string, string>>;
}): Vocabulary {
  // Maps, because a prompt may well say `constructor`.
  const synonyms = Object.entries(file.synonyms).map(([said, meant]) => [said, meant.split(/\s+/)] as const);
  const hanKeys = [...Object.keys(file.han), ...Object.keys(file.synonyms)].filter((key) => isHan(key));
  return {
    ...file,
    latin: new Map(Object.entries(file.latin)),
    han: new Map(Object.entries(file.han)),
    synonyms: new Map(synonyms),
    longestHan: Math.max(1, ...hanKeys.map((key) => Array.from(key).length)),
  };
}

export interface TokenizedPrompt {
  /** `maxLength` token ids. */
  readonly tokens: readonly number[];
  readonly reading: PromptReading;
}

/**
 * Reads a prompt word by word. A run of Latin letters, digits and apostrophes is one word, looked up among the
 * synonyms and then the words; a run of Han characters is cut by the longest match, again and again; everything else
 * gives no token. Words that give none are told apart, so that the editor sees what the pack did not hear. From the
 * first word that does not fit whole, the rest is cut. A prompt without tokens equals `unconditionalTokens`.
 */
export function tokenize(vocabulary: Vocabulary, prompt: string): TokenizedPrompt {
  const tokens: number[] = [];
  let isFull = false;
  const words = wordsOf(vocabulary, foldPrompt(prompt)).map(({ tokens: own, isFiller, start, end }) => {
    if (own.length === 0) return { start, end, mark: 'ignored' } as const;
    isFull ||= tokens.length + own.length > vocabulary.maxLength;
    if (isFull) return { start, end, mark: 'cut' } as const;
    tokens.push(...own);
    return { start, end, mark: isFiller ? 'filler' : 'known' } as const;
  });
  return {
    tokens: tokens.length > 0 ? padded(vocabulary, tokens) : unconditionalTokens(vocabulary),
    reading: { words, tokenCount: tokens.length, maxTokenCount: vocabulary.maxLength },
  };
}

/** The prompt of the prediction without words: the null token, then padding. */
export function unconditionalTokens(vocabulary: Vocabulary): readonly number[] {
  return padded(vocabulary, [vocabulary.null]);
}

function padded({ maxLength, pad }: Vocabulary, tokens: readonly number[]): readonly number[] {
  return [...tokens, ...Array<number>(maxLength - tokens.length).fill(pad)];
}

interface Word extends Span {
  readonly tokens: readonly number[];
  /** Known, and of no meaning to a picture by itself. */
  readonly isFiller: boolean;
}

function wordsOf(vocabulary: Vocabulary, text: readonly FoldedCharacter[]): readonly Word[] {
  const words: Word[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const taken = nextWord(vocabulary, rest);
    const [first, last] = [rest[0], rest[taken.length - 1]];
    if (first && last && taken.tokens) {
      const isFiller = entriesFor(vocabulary, spelled(rest, taken.length)).every(isFunctionWord);
      addWord(words, { start: first.start, end: last.end, tokens: taken.tokens, isFiller });
    }
    at += taken.length;
  }
  return words;
}

/** The first characters of `text` that are read together; no `tokens` where they are no word at all. */
function nextWord(
  vocabulary: Vocabulary,
  text: readonly FoldedCharacter[],
): { length: number; tokens?: readonly number[] } {
  const character = text[0]?.character ?? '';
  if (isHan(character)) return nextHanWord(vocabulary, text);
  if (isLatin(character)) {
    const length = runLength(text, isLatin);
    return { length, tokens: tokensOf(vocabulary.latin, vocabulary, spelled(text, length)) };
  }
  return isBetweenWords(character) ? { length: 1 } : { length: runLength(text, isOther), tokens: [] };
}

// The longest entry that starts the text; or, as one word, the characters that start none.
function nextHanWord(vocabulary: Vocabulary, text: readonly FoldedCharacter[]) {
  const match = longestMatch(vocabulary, text);
  if (match) return match;
  const end = text.findIndex(({ character }, at) => !isHan(character) || longestMatch(vocabulary, text.slice(at)));
  return { length: end < 0 ? text.length : end, tokens: [] };
}

function longestMatch(vocabulary: Vocabulary, text: readonly FoldedCharacter[]) {
  for (let length = Math.min(vocabulary.longestHan, text.length); length > 0; length--) {
    const tokens = tokensOf(vocabulary.han, vocabulary, spelled(text, length));
    if (tokens.length > 0) return { length, tokens };
  }
  return undefined;
}

function tokensOf(entries: ReadonlyMap<string, number>, vocabulary: Vocabulary, key: string): readonly number[] {
  return entriesFor(vocabulary, key).flatMap((word) => entries.get(word) ?? []);
}

/** What a word or Han string is looked up as: itself, or what it is another way to say. */
function entriesFor({ synonyms }: Vocabulary, key: string): readonly string[] {
  return synonyms.get(key) ?? [key];
}

// One character of the prompt can fold to several words (㏂ to a.m.): to the editor they are one.
function addWord(words: Word[], word: Word): void {
  const last = words.at(-1);
  const isSameCharacter = last !== undefined && word.start < last.end;
  if (isSameCharacter) {
    const isFiller = last.isFiller && word.isFiller;
    words[words.length - 1] = { ...last, tokens: [...last.tokens, ...word.tokens], isFiller };
  } else words.push(word);
}

function isOther(character: string): boolean {
  return !isLatin(character) && !isHan(character) && !isBetweenWords(character);
}

function runLength(text: readonly FoldedCharacter[], belongs: (character: string) => boolean): number {
  const end = text.findIndex(({ character }) => !belongs(character));
  return end < 0 ? text.length : end;
}

function spelled(text: readonly FoldedCharacter[], length: number): string {
  return text
    .slice(0, length)
    .map(({ character }) => character)
    .join('');
}
