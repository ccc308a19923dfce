import type { PromptReading } from '../../engine/contract/generation.ts';

type Word = PromptReading['words'][number];

/** A prompt cut into the pieces that are drawn alike, in order and without gaps. */
export interface PromptPiece {
  readonly text: string;
  readonly mark: Word['mark'] | 'none';
}

export function piecesOf(prompt: string, words: readonly Word[]): readonly PromptPiece[] {
  const pieces: PromptPiece[] = [];
  let at = 0;
  for (const { start, end, mark } of words) {
    if (start > at) pieces.push({ text: prompt.slice(at, start), mark: 'none' });
    if (end > start) pieces.push({ text: prompt.slice(start, end), mark });
    at = Math.max(at, end);
  }
  if (at < prompt.length) pieces.push({ text: prompt.slice(at), mark: 'none' });
  return pieces;
}

/**
 * The marks of an older prompt that still hold for what it has become: those before the change stay, those behind it
 * move along, and what was typed has none until the pack has read it.
 */
export function carryMarks(read: string, words: readonly Word[], prompt: string): readonly Word[] {
  if (read === prompt) return words;
  const shorter = Math.min(read.length, prompt.length);
  let head = 0;
  while (head < shorter && read[head] === prompt[head]) head++;
  let tail = 0;
  while (tail < shorter - head && read[read.length - 1 - tail] === prompt[prompt.length - 1 - tail]) tail++;
  const by = prompt.length - read.length;
  return words.flatMap((word) => {
    if (word.end < head) return [word];
    if (word.start > read.length - tail) return [{ ...word, start: word.start + by, end: word.end + by }];
    return [];
  });
}
