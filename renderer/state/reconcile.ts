import type { JournalEntry } from '../../engine/contract/project.ts';
import type { Film } from '../../engine/document/film.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';

/** How the window's unacknowledged gestures stand to the film the engine holds. */
export type Reconciliation =
  /** The engine has the first `received` of them; the rest can be sent. */
  | { readonly kind: 'same-line'; readonly received: number }
  /** Somebody else's gestures lie between: ours cannot be added to theirs. */
  | { readonly kind: 'parted' };

/**
 * Finds where the engine's film lies along the window's line of films: `base` before the first unacknowledged
 * gesture, then one film after each. An acknowledgement lost with its connection is so told from a gesture lost.
 */
export function reconcile(
  engineFilm: Film,
  base: string,
  unacknowledged: readonly Pick<JournalEntry, 'fingerprint'>[],
): Reconciliation {
  const line = [base, ...unacknowledged.map((entry) => entry.fingerprint)];
  const received = line.lastIndexOf(fingerprint(engineFilm));
  return received < 0 ? { kind: 'parted' } : { kind: 'same-line', received };
}
