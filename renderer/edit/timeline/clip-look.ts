import type { Failure } from '../../../engine/contract/failure.ts';
import type { JobState } from '../../../engine/contract/job.ts';
import type { TakeView } from '../../../engine/contract/library.ts';
import { assertNever } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { jobOfTake, type Library } from '../../state/library-store.ts';

/** What a clip looks like, by the state of its take. */
export type ClipLook =
  | { readonly kind: 'footage'; readonly view: TakeView }
  | { readonly kind: 'generated'; readonly view: TakeView }
  /** Frames still to come. */
  | { readonly kind: 'ghost'; readonly state: JobState }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'offline'; readonly view: TakeView }
  /** The engine has not told of it yet. */
  | { readonly kind: 'unknown' };

/** A shot whose job the engine has not told of yet. One object, so that a look that has not changed compares as such. */
const unheardOf: JobState = { kind: 'queued', position: 0 };

export function lookOf(library: Library, takeId: TakeId): ClipLook {
  const entry = library.entries.get(takeId);
  if (!entry) return { kind: 'unknown' };
  switch (entry.kind) {
    case 'pending':
      return { kind: 'ghost', state: jobOfTake(library, takeId)?.state ?? unheardOf };
    case 'failed':
      return { kind: 'failed', failure: entry.failure };
    case 'offline':
      return { kind: 'offline', view: entry.view };
    case 'ready':
      return { kind: entry.facts.origin === 'generated' ? 'generated' : 'footage', view: entry.view };
    default:
      return assertNever(entry);
  }
}
