import { useMemo } from 'react';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useFilm, useLibrary } from '../../state/services.tsx';

/** What the bin holds, and what of it matches a search. */
export function useBinEntries(query: string): {
  readonly all: readonly LibraryEntry[];
  readonly shown: readonly LibraryEntry[];
} {
  const entries = useLibrary((library) => library.entries);
  const removed = useFilm((film) => film.removedTakes);
  return useMemo(() => {
    const all = entriesInBin(entries, removed);
    return { all, shown: all.filter((entry) => matches(entry, query)) };
  }, [entries, removed, query]);
}

/**
 * Shots on their way first, then what is there, newest first: by the time its record was written, so that the order is
 * the same when the project is opened again.
 */
export function entriesInBin(
  entries: ReadonlyMap<TakeId, LibraryEntry>,
  removed: readonly TakeId[],
): readonly LibraryEntry[] {
  const gone = new Set(removed);
  const held = [...entries.values()].filter((entry) => !gone.has(entry.facts.id)).reverse();
  return held.toSorted((a, b) => {
    const [age, otherAge] = [ageOf(a), ageOf(b)];
    return age < otherAge ? 1 : age > otherAge ? -1 : 0;
  });
}

/** Sorts as time does. Files that came in within one millisecond go by their ids, which stay the same too. */
function ageOf(entry: LibraryEntry): string {
  const isThere = entry.kind === 'ready' || entry.kind === 'offline';
  return isThere ? `${entry.record.createdAt} ${entry.facts.id}` : '~'; // behind every date
}

/** Every word of the search must be in the name or the prompt. */
export function matches(entry: LibraryEntry, query: string): boolean {
  const text = `${entry.facts.name} ${promptOf(entry) ?? ''}`.toLocaleLowerCase();
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function promptOf(entry: LibraryEntry): string | undefined {
  if (entry.kind === 'pending' || entry.kind === 'failed') return entry.request.prompt;
  return entry.record.origin.kind === 'generated' ? entry.record.origin.recipe.prompt : undefined;
}
