import type { JobId } from '../contract/ids.ts';
import type { LibraryEntry, TakeView } from '../contract/library.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import type { ShotOrder } from './take-folder.ts';

/** The takes of one project as windows see them: made, promised, failed, or with their file gone. */
export interface Library {
  entries(): readonly LibraryEntry[];
  find(id: TakeId): LibraryEntry | undefined;
  /** The record of a take that has one, whether its file is there or not. */
  record(id: TakeId): TakeRecord | undefined;
  /** A take with frames. What of it can be shown may still grow. */
  putTake(record: TakeRecord, presence: 'ready' | 'offline'): void;
  putOrder(order: ShotOrder, jobId: JobId): void;
  /** What can be shown of a take so far, whole each time. */
  setView(id: TakeId, view: TakeView): void;
  /** A take whose frames are given up for good. */
  remove(id: TakeId): void;
}

/**
 * @param onChange told of every entry that is new or different
 * @param onGone told of every take that is not there any more
 */
export function library(onChange: (entry: LibraryEntry) => void, onGone: (id: TakeId) => void): Library {
  const entries = new Map<TakeId, LibraryEntry>();
  const put = (entry: LibraryEntry) => {
    entries.set(entry.facts.id, entry);
    onChange(entry);
  };
  const record = (id: TakeId): TakeRecord | undefined => {
    const entry = entries.get(id);
    return entry?.kind === 'ready' || entry?.kind === 'offline' ? entry.record : undefined;
  };
  return {
    entries: () => [...entries.values()],
    find: (id) => entries.get(id),
    record,
    putTake: (taken, presence) => {
      const known = entries.get(taken.facts.id);
      const view = known?.kind === 'ready' || known?.kind === 'offline' ? known.view : {};
      put({ kind: presence, facts: taken.facts, record: taken, view });
    },
    putOrder: ({ facts, request, status }, jobId) => {
      if (status.kind === 'failed') put({ kind: 'failed', facts, request, failure: status.failure });
      else put({ kind: 'pending', facts, request, jobId });
    },
    setView: (id, view) => {
      const entry = entries.get(id);
      if (entry?.kind === 'ready' || entry?.kind === 'offline') put({ ...entry, view });
    },
    remove: (id) => {
      if (entries.delete(id)) onGone(id);
    },
  };
}
