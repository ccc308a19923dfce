import type { Film } from './film.ts';
import type { ClipId, TakeId, TrackId } from './ids.ts';
import type { Frames } from './time.ts';

/**
 * What an edit comes to. A refusal leaves the film as it was and says why in a form the editor can read.
 * `playhead`, where an edit has an opinion: an editor expects it at the end of what was just placed.
 */
export type EditResult =
  | { readonly kind: 'edited'; readonly film: Film; readonly playhead?: Frames }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type Refusal =
  | { readonly code: 'track-locked'; readonly trackId: TrackId }
  | { readonly code: 'no-such-track' }
  | { readonly code: 'no-such-clip'; readonly clipId: ClipId }
  | { readonly code: 'before-start' }
  | { readonly code: 'end-of-media' }
  | { readonly code: 'at-neighbour' }
  | { readonly code: 'too-short' }
  | { readonly code: 'would-collide'; readonly trackId: TrackId }
  | { readonly code: 'no-picture'; readonly takeId: TakeId }
  | { readonly code: 'no-sound'; readonly takeId: TakeId }
  | { readonly code: 'take-in-use'; readonly takeId: TakeId }
  | { readonly code: 'nothing-to-cut' }
  | { readonly code: 'nothing-changes' }
  | { readonly code: 'out-of-range'; readonly property: string }
  | { readonly code: 'sequence-not-empty' };

export function edited(film: Film, playhead?: Frames): EditResult {
  return playhead === undefined ? { kind: 'edited', film } : { kind: 'edited', film, playhead };
}

export function refused(refusal: Refusal): EditResult {
  return { kind: 'refused', refusal };
}
