import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../../engine/contract/failure.ts';
import type { MediaSearch } from '../../../engine/contract/relink.ts';
import { assertNever } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { useEngine, useProject } from '../../state/services.tsx';

/** What has been found so far of what is missing, and how the search stands. */
export interface Search {
  readonly state:
    | { readonly kind: 'looking'; readonly fileCount: number }
    | { readonly kind: 'ended'; readonly fileCount: number; readonly isCutShort: boolean }
    | { readonly kind: 'stopped' }
    | { readonly kind: 'failed'; readonly failure: Failure };
  /** Where the very content lies now. */
  readonly found: ReadonlyMap<TakeId, string>;
  /** Where another file lies in its place. */
  readonly replaced: ReadonlyMap<TakeId, string>;
}

const begun: Search = { state: { kind: 'looking', fileCount: 0 }, found: new Map(), replaced: new Map() };

export interface MediaSearching extends Search {
  /** Looks in a folder and all below it, beside what was found before. A search under way ends. */
  readonly lookIn: (folder: string) => void;
  readonly stop: () => void;
}

/** Looks near the film at once, and wherever it is told to. Ends with the view; goes on with the next engine. */
export function useMediaSearch(): MediaSearching {
  const engine = useEngine();
  const { projectId } = useProject();
  const [search, setSearch] = useState(begun);
  const running = useRef<AbortController>(undefined);

  const look = useCallback(
    async (folder?: string) => {
      running.current?.abort();
      const own = new AbortController();
      running.current = own;
      if (!engine) return;
      setSearch((before) => ({ ...before, state: begun.state }));
      try {
        const asked = { projectId, ...(folder !== undefined && { folder }) };
        const stream = await engine.library.findMissing(asked, { signal: own.signal });
        for (let next = await stream.next(); !own.signal.aborted; next = await stream.next()) {
          const { value, done } = next;
          if (done && value) setSearch((before) => ({ ...before, state: value }));
          if (done) return;
          setSearch((before) => searchAfter(before, value));
        }
      } catch {
        // It was left, or the connection went: the next engine is asked.
      }
    },
    [engine, projectId],
  );
  useEffect(() => {
    void look();
    return () => running.current?.abort();
  }, [look]);

  return {
    ...search,
    lookIn: (folder) => void look(folder),
    stop: () => {
      running.current?.abort();
      setSearch((before) => ({ ...before, state: { kind: 'stopped' } }));
    },
  };
}

function searchAfter(search: Search, told: MediaSearch): Search {
  switch (told.kind) {
    case 'looking':
    case 'ended':
      return { ...search, state: told };
    case 'found':
      return { ...search, found: new Map(search.found).set(told.takeId, told.path) };
    case 'replaced':
      return { ...search, replaced: new Map(search.replaced).set(told.takeId, told.path) };
    default:
      return assertNever(told);
  }
}
