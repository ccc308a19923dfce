import type { Film } from './film.ts';
import type { Intent } from './intent.ts';

/** What undo and redo walk along: whole earlier documents, which share everything that did not change. */
export interface History {
  readonly past: readonly Step[];
  readonly present: Film;
  readonly future: readonly Step[];
}

/** The film as it was on the other side of an edit, and which edit that was. */
export interface Step {
  readonly intent: Intent;
  readonly film: Film;
}

export function historyOf(film: Film): History {
  return { past: [], present: film, future: [] };
}

/** The history after one more edit. What had been undone can no longer be redone. */
export function commit(history: History, intent: Intent, film: Film): History {
  return { past: [...history.past, { intent, film: history.present }], present: film, future: [] };
}

/** One edit back; the same history when there is none. */
export function undo(history: History): History {
  const step = history.past.at(-1);
  if (!step) return history;
  const future = [...history.future, { intent: step.intent, film: history.present }];
  return { past: history.past.slice(0, -1), present: step.film, future };
}

/** One undone edit forward again; the same history when there is none. */
export function redo(history: History): History {
  const step = history.future.at(-1);
  if (!step) return history;
  const past = [...history.past, { intent: step.intent, film: history.present }];
  return { past, present: step.film, future: history.future.slice(0, -1) };
}
