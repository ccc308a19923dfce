import { headOf, tailOf } from './carve.ts';
import { type EditResult, edited, type Refusal, refused } from './edit-result.ts';
import type { Clip, Film, Sequence, Track } from './film.ts';
import type { ClipId, GestureId, SequenceId } from './ids.ts';
import { clipLengthLimit, type TakeLength } from './take-length.ts';
import { addFrames, clampFrames, type Frames, frames, maxFrames, minFrames, noFrames, subtractFrames } from './time.ts';
import { type LocatedClip, locateClips, replaceClips, sequenceOf, withLinked, withSequence } from './track.ts';

export interface TrimClips {
  readonly kind: 'trim';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly clipIds: readonly ClipId[];
  readonly edge: 'in' | 'out';
  readonly byFrames: Frames;
  readonly withLinks: boolean;
}

/** How far an edge may move either way before it meets what stops it. `left` ≤ 0 ≤ `right`. */
export interface TrimLimits {
  readonly left: Frames;
  readonly right: Frames;
  readonly stopLeft: TrimStop;
  readonly stopRight: TrimStop;
}
export type TrimStop = 'end-of-media' | 'at-neighbour' | 'too-short' | 'before-start';

/**
 * Moves the in or out edge of clips inside their media; nothing else moves.
 *
 *     [  A  ][ B ]   out of A by -2   [ A ]  [ B ]
 *
 * Goes as far as the limits allow. Refuses the limit's name when it cannot move at all, and `track-locked`.
 */
export function trimClips(film: Film, intent: TrimClips): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const chosen = trimmedBy(sequence, intent);
  if ('code' in chosen) return refused(chosen);

  const limits = commonLimits(chosen.map((located) => limitsOf(film, sequence, located, intent.edge)));
  const by = clampFrames(intent.byFrames, limits.left, limits.right);
  if (by === 0) return refused(intent.byFrames === 0 ? { code: 'nothing-changes' } : stopped(limits, intent.byFrames));

  const trimmed = new Map(chosen.map(({ clip }) => [clip.id, [movedEdge(clip, intent.edge, by)]]));
  return edited(withSequence(film, replaceClips(sequence, trimmed)));
}

/** The limits a drag of this edge can show before anything is committed; undefined when it may not be trimmed at all. */
export function trimLimits(film: Film, intent: Omit<TrimClips, 'byFrames'>): TrimLimits | undefined {
  const sequence = sequenceOf(film, intent.sequenceId);
  const chosen = trimmedBy(sequence, intent);
  if ('code' in chosen) return undefined;
  return commonLimits(chosen.map((located) => limitsOf(film, sequence, located, intent.edge)));
}

// Linked clips follow only while their edges agree: a J or L cut made before is kept.
function trimmedBy(sequence: Sequence, intent: Omit<TrimClips, 'byFrames'>): readonly LocatedClip[] | Refusal {
  const chosen = locateClips(sequence, intent.clipIds);
  if ('code' in chosen) return chosen;
  const edges = new Set(chosen.map(({ clip }) => edgeOf(clip, intent.edge)));
  const partners = intent.withLinks
    ? withLinked(sequence, intent.clipIds).filter(({ clip }) => edges.has(edgeOf(clip, intent.edge)))
    : chosen;
  const locked = partners.find(({ track }) => track.isLocked);
  return locked ? { code: 'track-locked', trackId: locked.track.id } : partners;
}

function limitsOf(film: Film, sequence: Sequence, { track, clip }: LocatedClip, edge: 'in' | 'out'): TrimLimits {
  const shorter = frames(clip.recordOut - clip.recordIn - 1);
  const previousEnd = neighbour(track, clip, -1)?.recordOut;
  if (edge === 'in') {
    const room = subtractFrames(clip.recordIn, previousEnd ?? noFrames);
    const handle = headHandle(film, sequence, clip);
    return {
      left: negative(minFrames(room, handle)),
      right: shorter,
      stopLeft: handle <= room ? 'end-of-media' : previousEnd === undefined ? 'before-start' : 'at-neighbour',
      stopRight: 'too-short',
    };
  }
  const room = subtractFrames(neighbour(track, clip, 1)?.recordIn ?? boundless, clip.recordOut);
  const handle = tailHandle(film, sequence, clip);
  return {
    left: negative(shorter),
    right: minFrames(room, handle),
    stopLeft: 'too-short',
    stopRight: handle <= room ? 'end-of-media' : 'at-neighbour',
  };
}

const boundless = frames(Number.MAX_SAFE_INTEGER);

/** Unused media before a clip's in point. */
export function headHandle(film: Film, sequence: Sequence, clip: Clip): Frames {
  return lengthLimit(film, sequence, clip) === 'endless' ? boundless : clip.sourceIn;
}

/** Unused media beyond a clip's out point. */
export function tailHandle(film: Film, sequence: Sequence, clip: Clip): Frames {
  const limit = lengthLimit(film, sequence, clip);
  if (limit === 'endless') return boundless;
  return maxFrames(noFrames, frames(limit - clip.sourceIn - (clip.recordOut - clip.recordIn)));
}

function lengthLimit(film: Film, sequence: Sequence, clip: Clip): TakeLength {
  const take = film.takes[clip.takeId];
  return take ? clipLengthLimit(take, clip.kind, sequence.rate) : noFrames;
}

function commonLimits(all: readonly TrimLimits[]): TrimLimits {
  return all.reduce((tightest, limits) => ({
    left: maxFrames(tightest.left, limits.left),
    right: minFrames(tightest.right, limits.right),
    stopLeft: limits.left > tightest.left ? limits.stopLeft : tightest.stopLeft,
    stopRight: limits.right < tightest.right ? limits.stopRight : tightest.stopRight,
  }));
}

function movedEdge(clip: Clip, edge: 'in' | 'out', by: Frames): Clip {
  if (edge === 'out') return headOf(clip, addFrames(clip.recordOut, by));
  const moved = tailOf(clip, addFrames(clip.recordIn, by));
  return moved.sourceIn < 0 ? { ...moved, sourceIn: noFrames } : moved; // a still has no first frame to run out of
}

function stopped(limits: TrimLimits, wanted: Frames): Refusal {
  return { code: wanted < 0 ? limits.stopLeft : limits.stopRight };
}

function neighbour(track: Track, clip: Clip, step: -1 | 1): Clip | undefined {
  return track.clips[track.clips.findIndex((each) => each.id === clip.id) + step];
}

function edgeOf(clip: Clip, edge: 'in' | 'out'): Frames {
  return edge === 'in' ? clip.recordIn : clip.recordOut;
}

function negative(count: Frames): Frames {
  return frames(count === 0 ? 0 : -count); // never -0, which JSON cannot tell from 0
}
