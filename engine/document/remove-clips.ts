import { type EditResult, edited, type Refusal, refused } from './edit-result.ts';
import type { Clip, Film, Sequence } from './film.ts';
import type { ClipId, GestureId, SequenceId } from './ids.ts';
import { closeUp } from './ripple.ts';
import { type FrameRange, maxFrames } from './time.ts';
import { locateClips, replaceClips, sequenceOf, withLinked, withSequence } from './track.ts';

export interface RemoveClips {
  readonly kind: 'remove';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly clipIds: readonly ClipId[];
  /** `lift` leaves a gap; `ripple` closes it on every unlocked track. */
  readonly mode: 'lift' | 'ripple';
  readonly withLinks: boolean;
}

/**
 * Takes clips out of the timeline.
 *
 *     lift    [ A ][ B ][ C ]   B   [ A ]     [ C ]
 *     ripple  [ A ][ B ][ C ]   B   [ A ][ C ]
 *
 * A ripple moves what starts after the removed clips on every unlocked track, so that sound stays in sync; a clip that
 * runs across them, a music bed say, stays whole where it is. Refuses `would-collide` when such a clip stands in the
 * way of what follows it, `track-locked`, and `no-such-clip`.
 */
export function removeClips(film: Film, intent: RemoveClips): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const located = locateClips(sequence, intent.clipIds);
  if ('code' in located) return refused(located);

  const chosen = intent.withLinks ? withLinked(sequence, intent.clipIds) : located;
  if (chosen.length === 0) return refused({ code: 'nothing-changes' });
  const locked = chosen.find(({ track }) => track.isLocked);
  if (locked) return refused({ code: 'track-locked', trackId: locked.track.id });

  const removed = chosen.map(({ clip }) => clip);
  const lifted = replaceClips(sequence, new Map(removed.map((clip) => [clip.id, []])));
  if (intent.mode === 'lift') return edited(withSequence(film, lifted));

  // From the last range to the first, so that closing one does not move those still to be closed.
  const closed = mergedRanges(removed).reduceRight<Sequence | Refusal>(
    (each, range) => ('code' in each ? each : closeUp(each, range)),
    lifted,
  );
  return 'code' in closed ? refused(closed) : edited(withSequence(film, closed));
}

function mergedRanges(clips: readonly Clip[]): readonly FrameRange[] {
  const sorted = clips.map((clip) => ({ in: clip.recordIn, out: clip.recordOut })).sort((a, b) => a.in - b.in);
  const merged: FrameRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last && range.in <= last.out) merged[merged.length - 1] = { in: last.in, out: maxFrames(last.out, range.out) };
    else merged.push(range);
  }
  return merged;
}
