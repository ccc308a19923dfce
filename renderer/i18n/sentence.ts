import type { MessageKey } from './messages.ts';

/** Words for the editor as a key and its values; the view that shows them knows the language. */
export interface Sentence {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Values that are sentences themselves. */
  readonly nested?: Readonly<Record<string, Sentence>>;
}

export function sentence(key: MessageKey, values?: Sentence['values']): Sentence {
  return values ? { key, values } : { key };
}
