import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../engine/contract/failure.ts';
import type { JournalEntry } from '../../engine/contract/project.ts';
import type { Film } from '../../engine/document/film.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import { reconcile } from './reconcile.ts';

/** What the title tells of the film on disk. */
export type Saving =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving'; readonly count: number }
  /** The engine answered that it cannot write; it is asked again until it can. */
  | { readonly kind: 'stuck'; readonly failure: Failure };

export type Appended =
  | { readonly kind: 'done'; readonly revision: number }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface JournalQueueOptions {
  /** Sends one gesture. Rejects when the connection is gone: the queue then rests until `resume`. */
  readonly append: (expectedRevision: number, entry: JournalEntry) => Promise<Appended>;
  /** The engine's film has gone another way: nothing more is sent until `reset`. */
  readonly onParted: (failure: Failure) => void;
  readonly retryAfterMs?: number;
}

export interface JournalQueue {
  readonly saving: StoreApi<Saving>;
  push(entry: JournalEntry): void;
  /** Starts from a film the engine answered, with nothing left to send. */
  reset(film: Film, revision: number): void;
  /** The connection is gone: nothing more is sent until `resume`, whoever is reached meanwhile. */
  rest(): void;
  isResting(): boolean;
  /** After a reconnect: sends on from wherever the engine's film stands. `parted` when it stands elsewhere. */
  resume(film: Film, revision: number): 'resumed' | 'parted';
}

/**
 * Gestures on their way to the journal: one at a time, in order, each naming the revision it follows. The editor
 * never waits for it.
 */
export function createJournalQueue({ append, onParted, retryAfterMs = 3000 }: JournalQueueOptions): JournalQueue {
  const saving = createStore<Saving>(() => ({ kind: 'saved' }));
  let waiting: JournalEntry[] = [];
  let base = '';
  let revision = 0;
  // The round of sending under way. A call on a lost connection may never be answered: the next round leaves it behind.
  let round: symbol | undefined;
  /** Whether it is unknown what the engine has: until `resume` tells, sending more could be sending twice. */
  let isCutOff = false;

  const show = () =>
    saving.setState(waiting.length === 0 ? { kind: 'saved' } : { kind: 'saving', count: waiting.length }, true);

  const sendNext = async (own: symbol): Promise<'continue' | 'rest'> => {
    const entry = waiting[0];
    if (!entry) return 'rest';
    const answer = await append(revision, entry).catch(() => undefined);
    if (round !== own) return 'rest';
    if (!answer) {
      isCutOff = true;
      return 'rest';
    }
    if (answer.kind === 'done') {
      waiting = waiting.slice(1);
      base = entry.fingerprint;
      revision = answer.revision;
      show();
      return 'continue';
    }
    const { failure } = answer;
    if (failure.code === 'revision-behind' || failure.code === 'not-the-editor') {
      onParted(failure);
      return 'rest';
    }
    saving.setState({ kind: 'stuck', failure }, true);
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    return round === own ? 'continue' : 'rest';
  };

  const sendAll = async () => {
    const own = Symbol('round');
    round = own;
    while ((await sendNext(own)) === 'continue');
    if (round === own) round = undefined;
  };

  return {
    saving,
    push: (entry) => {
      waiting = [...waiting, entry];
      if (saving.getState().kind !== 'stuck') show();
      if (!round && !isCutOff) void sendAll();
    },
    reset: (film, atRevision) => {
      waiting = [];
      round = undefined;
      isCutOff = false;
      base = fingerprint(film);
      revision = atRevision;
      show();
    },
    rest: () => {
      round = undefined;
      isCutOff = true;
    },
    isResting: () => isCutOff,
    resume: (film, atRevision) => {
      const found = reconcile(film, base, waiting);
      if (found.kind === 'parted') return 'parted';
      waiting = waiting.slice(found.received);
      base = fingerprint(film);
      revision = atRevision;
      isCutOff = false;
      show();
      void sendAll();
      return 'resumed';
    },
  };
}
