import { nextWake } from './next-wake.ts';

/** Events of one project in order, each with a number, kept a while so that a window that was away can catch up. */
export interface EventStream<Event> {
  publish(event: Event): void;
  /**
   * Every event after the given number, then those to come, until `gone` is aborted. Starts with `snapshot()` when no
   * number is given or when what was missed is no longer kept. Ends with the stream.
   */
  follow(after: number | undefined, gone: AbortSignal): AsyncGenerator<Numbered<Event>, void, void>;
  /** Nothing more will happen: followers are given what is left, and end. */
  close(): void;
}

export interface Numbered<Event> {
  readonly sequenceNumber: number;
  readonly event: Event;
}

const keptEvents = 500;

/**
 * @param snapshot the state that makes all earlier events unnecessary
 * @param replaces whether a new event makes an older one that is still waiting unnecessary: a window that is slow to
 *   read then gets the newest progress and not every step
 */
export function eventStream<Event>(
  snapshot: () => Event,
  replaces: (newer: Event, older: Event) => boolean,
): EventStream<Event> {
  const kept: Numbered<Event>[] = [];
  const followers = new Set<() => void>();
  // Counting on from the clock: a window that followed an earlier engine then has a number this one never gave.
  let last = Date.now();
  let isClosed = false;

  return {
    publish: (event) => {
      last += 1;
      kept.push({ sequenceNumber: last, event });
      if (kept.length > keptEvents) kept.shift();
      for (const wake of followers) wake();
    },
    async *follow(after, gone) {
      let read = after ?? -1;
      while (!gone.aborted) {
        const oldest = kept[0]?.sequenceNumber ?? last + 1;
        if (read < oldest - 1 || read > last) {
          read = last;
          yield { sequenceNumber: last, event: snapshot() };
          continue;
        }
        const unread = kept.slice(read - oldest + 1);
        const current = unread.filter(
          (each, index) => !unread.slice(index + 1).some((later) => replaces(later.event, each.event)),
        );
        for (const each of current) {
          read = each.sequenceNumber;
          yield each;
        }
        if (read < last) continue;
        if (isClosed) return;
        await nextWake(followers, gone);
      }
    },
    close: () => {
      isClosed = true;
      for (const wake of [...followers]) wake();
    },
  };
}
