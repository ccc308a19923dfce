import { cutsInside, splitAcross } from './carve.ts';
import { type EditResult, edited, refused } from './edit-result.ts';
import type { Film } from './film.ts';
import { type ClipId, type GestureId, idsOfGesture, type SequenceId } from './ids.ts';
import type { Frames } from './time.ts';
import { locateClips, sequenceOf, withLinked, withSequence } from './track.ts';

export interface SplitClips {
  readonly kind: 'split';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly at: Frames;
  /** The clips to cut; those that do not lie across the frame are left alone. */
  readonly clipIds: readonly ClipId[];
  readonly withLinks: boolean;
}

/**
 * Cuts clips in two at a frame. Nothing is shown differently.
 *
 *     [    A    ]   at 4   [ A ][  A' ]
 *
 * Refuses `nothing-to-cut` when no chosen clip lies across the frame, and `track-locked`.
 */
export function splitClips(film: Film, intent: SplitClips): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const located = locateClips(sequence, intent.clipIds);
  if ('code' in located) return refused(located);

  const chosen = intent.withLinks ? withLinked(sequence, intent.clipIds) : located;
  const across = chosen.filter(({ clip }) => cutsInside(clip, intent.at));
  if (across.length === 0) return refused({ code: 'nothing-to-cut' });
  const locked = across.find(({ track }) => track.isLocked);
  if (locked) return refused({ code: 'track-locked', trackId: locked.track.id });

  const tracks = new Set(across.map(({ track }) => track.id));
  return edited(withSequence(film, splitAcross(sequence, tracks, intent.at, idsOfGesture(intent.gesture))));
}
