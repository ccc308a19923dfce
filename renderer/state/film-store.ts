import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JournalEntry, OpenProject } from '../../engine/contract/project.ts';
import type { Refusal } from '../../engine/document/edit-result.ts';
import type { Film } from '../../engine/document/film.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import * as history from '../../engine/document/history.ts';
import { applyIntent, type Intent } from '../../engine/document/intent.ts';
import { diff } from '../../engine/document/patch.ts';
import type { Frames } from '../../engine/document/time.ts';

export interface FilmState {
  readonly history: history.History;
  /** A reader sees the film change and cannot change it. */
  readonly role: OpenProject['role'];
}

/** What came of a gesture. */
export type Committed =
  | { readonly kind: 'edited'; readonly film: Film; readonly playhead?: Frames }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'reading-only' };

export interface FilmStore {
  readonly store: StoreApi<FilmState>;
  film(): Film;
  /** Applies a gesture and hands it to the journal. One call is one undo step. */
  commit(intent: Intent): Committed;
  undo(): Committed | undefined;
  redo(): Committed | undefined;
  /** Takes over a film the engine answered; the undo steps of another film are forgotten. */
  load(film: Film, role: OpenProject['role']): void;
  setRole(role: OpenProject['role']): void;
}

/** The film being cut, its undo steps, and the one door through which it changes. */
export function createFilmStore(
  first: Film,
  role: OpenProject['role'],
  record: (entry: JournalEntry) => void,
): FilmStore {
  const store = createStore<FilmState>(() => ({ history: history.historyOf(first), role }));
  const film = () => store.getState().history.present;

  const swap = (cause: 'edit' | 'undo' | 'redo', intent: Intent, next: history.History) => {
    const before = film();
    store.setState({ history: next });
    record({
      cause: { kind: cause, intent },
      patch: diff(before, next.present),
      fingerprint: fingerprint(next.present),
    });
  };

  const step = (cause: 'undo' | 'redo'): Committed | undefined => {
    const { history: now, role: current } = store.getState();
    const taken = (cause === 'undo' ? now.past : now.future).at(-1);
    if (!taken) return undefined;
    if (current === 'reader') return { kind: 'reading-only' };
    const next = cause === 'undo' ? history.undo(now) : history.redo(now);
    swap(cause, taken.intent, next);
    return { kind: 'edited', film: next.present };
  };

  return {
    store,
    film,
    commit: (intent) => {
      const { history: now, role: current } = store.getState();
      if (current === 'reader') return { kind: 'reading-only' };
      const result = applyIntent(now.present, intent);
      if (result.kind === 'refused') return result;
      swap('edit', intent, history.commit(now, intent, result.film));
      return result;
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    load: (loaded, newRole) => store.setState({ history: history.historyOf(loaded), role: newRole }),
    setRole: (newRole) => store.setState({ role: newRole }),
  };
}
