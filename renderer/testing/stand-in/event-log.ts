import type { NumberedEvent, ProjectEvent } from '../../../engine/contract/project.ts';

/** The numbered events of one project: every watcher hears all after its number, a new one a snapshot first. */
export interface EventLog {
  emit(event: ProjectEvent): void;
  watch(after: number | undefined, signal: AbortSignal | undefined): AsyncGenerator<NumberedEvent>;
}

export function createEventLog(snapshot: () => ProjectEvent): EventLog {
  const events: NumberedEvent[] = [];
  const wakeUps = new Set<() => void>();

  return {
    emit: (event) => {
      events.push({ sequenceNumber: events.length + 1, event });
      for (const wakeUp of wakeUps) wakeUp();
    },
    watch: async function* (after, signal) {
      let heard = after ?? events.length;
      if (after === undefined) yield { sequenceNumber: heard, event: snapshot() };
      while (!signal?.aborted) {
        const next = events[heard];
        if (next) {
          heard++;
          yield next;
        } else {
          await new Promise<void>((resolve) => {
            const wakeUp = () => {
              wakeUps.delete(wakeUp);
              resolve();
            };
            wakeUps.add(wakeUp);
            signal?.addEventListener('abort', wakeUp, { once: true });
          });
        }
      }
    },
  };
}
