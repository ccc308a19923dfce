/** A stretch of text, half-open, in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One character after folding, and the stretch of the prompt it came from. */
export interface FoldedCharacter extends Span {
  readonly character: string;
}

/**
 * Folds a prompt to the form a vocabulary is written in: NFKC (full-width and other compatible forms become plain
 * ones), small letters, and a straight apostrophe. Each can change a text's length (`ﬁ` becomes two letters, a letter
 * and its accent one), so every character remembers where it came from.
 */
export function foldPrompt(prompt: string): readonly FoldedCharacter[] {
  // A mark joins the character before it under NFKC, and nothing else does that a vocabulary could hold: so a
  // character folds together with its marks as it would inside the whole text, and can be traced.
  return [...prompt.matchAll(/.\p{M}*/gsu)].flatMap(({ 0: cluster, index }) => {
    const folded = cluster.normalize('NFKC').toLowerCase().replaceAll('\u2019', "'");
    return Array.from(folded, (character) => ({ character, start: index, end: index + cluster.length }));
  });
}

/** A Latin letter, digit or apostrophe of folded text: what English words are made of. */
export function isLatin(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return /^[a-z0-9']$/.test(character) || (code >= 0xdf && code <= 0x24f && code !== 0xf7);
}

/** A Han character, the rare and the compatible ones included. */
export function isHan(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return hanBlocks.some(([first, last]) => code >= first && code <= last);
}

const hanBlocks = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x3ffff],
] as const;

/** Space, punctuation or a control character: nothing an editor would miss. */
export function isBetweenWords(character: string): boolean {
  return /^[\s\p{P}\p{C}]$/u.test(character);
}
