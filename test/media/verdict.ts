/** One thing that was looked at, in words. */
export interface Verdict {
  readonly isWell: boolean;
  readonly words: string;
}

export function verdict(isWell: boolean, words: string, otherwise = words): Verdict {
  return { isWell, words: isWell ? words : otherwise };
}
