import type { Failure } from '../../engine/contract/failure.ts';
import type { MessageKey } from './messages.ts';

/** Words for the editor before the language is known; the view that shows them knows it. */
export type Sentence = Message | { readonly failure: Failure };

/** A line of the message tables with its values. */
export interface Message {
  readonly key: MessageKey;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Values that are sentences themselves. */
  readonly nested?: Readonly<Record<string, Sentence>>;
}

export function sentence(key: MessageKey, values?: Message['values']): Message {
  return values ? { key, values } : { key };
}
