import { assertNever } from '../../../engine/document/film.ts';
import type { ClipId, TrackId } from '../../../engine/document/ids.ts';
import { applyIntent } from '../../../engine/document/intent.ts';
import type { MoveClips } from '../../../engine/document/move-clips.ts';
import { addFrames, type Frames, frames, maxFrames, minFrames } from '../../../engine/document/time.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { allClips, findClip, type LocatedClip, withLinked } from '../../../engine/document/track.ts';
import { type Sentence, sentence } from '../../i18n/sentence.ts';
import { refusalSentence } from '../../i18n/told-sentences.ts';
import type { GestureDraft, Ground, Manner } from './gesture.ts';
import { snapShift, snapTargets } from './snapping.ts';

export interface MoveGesture {
  readonly kind: 'move';
  /** What goes along; the grabbed clip is one of them. */
  readonly clipIds: readonly ClipId[];
  readonly grabbed: ClipId;
}

export interface MoveTarget {
  /** How far the pointer has gone in record time. */
  readonly byFrames: Frames;
  /** The track under the pointer. */
  readonly trackId?: TrackId;
}

/** The film as a release would leave it: clips snapped, held inside the film and its tracks, and what they cover cut away. */
export function draftMove(ground: Ground, gesture: MoveGesture, target: MoveTarget, manner: Manner): GestureDraft {
  const { sequence, film, playhead, scale } = ground;
  const moving = manner.withLinks
    ? withLinked(sequence, gesture.clipIds)
    : allClips(sequence).filter(({ clip }) => gesture.clipIds.includes(clip.id));
  const lifted = moving.map(({ clip }) => clip.id);
  const held = heldInside(moving, target.byFrames);
  const edges = moving.flatMap(({ clip }) => [clip.recordIn, clip.recordOut]);
  const snapped = manner.isSnapping
    ? snapShift(edges, held, snapTargets(sequence, playhead, lifted), scale.pxPerFrame)
    : { by: held };
  const byFrames = heldInside(moving, snapped.by);
  const intent: MoveClips = {
    kind: 'move',
    gesture: manner.gesture,
    sequenceId: sequence.id,
    clipIds: gesture.clipIds,
    byFrames,
    ...trackSteps(ground, gesture, manner.keepsTrack ? undefined : target.trackId),
    mode: manner.mode,
    withLinks: manner.withLinks,
  };
  const result = applyIntent(film, intent);
  const snapLine = snapped.at === undefined ? {} : { snapLine: snapped.at };
  if (result.kind === 'refused') {
    const words = refusalSentence(result.refusal, film);
    return { lifted, offset: byFrames, ...snapLine, ...(words && { words }), isRefused: words !== undefined };
  }
  const words = outcome(ground, moving, intent);
  return { intent, film: result.film, lifted, offset: byFrames, ...snapLine, words, isRefused: false };
}

/** A group goes left no farther than its first clip can. */
function heldInside(moving: readonly LocatedClip[], by: Frames): Frames {
  const first = moving.reduce((start, { clip }) => minFrames(start, clip.recordIn), frames(Number.MAX_SAFE_INTEGER));
  return maxFrames(by, frames(0 - first));
}

/** Steps between tracks of the grabbed clip's kind; no clip of the group may leave the tracks there are. */
function trackSteps({ sequence }: Ground, gesture: MoveGesture, to: TrackId | undefined) {
  const none = { byVideoTracks: 0, byAudioTracks: 0 };
  const grabbed = findClip(sequence, gesture.grabbed);
  if (!grabbed || !to) return none;
  const sameKind = sequence.tracks.filter((track) => track.kind === grabbed.track.kind);
  const wanted = sameKind.findIndex((track) => track.id === to);
  if (wanted < 0) return none;
  const chosen = gesture.clipIds.flatMap((id) => {
    const located = findClip(sequence, id);
    return located && located.track.kind === grabbed.track.kind ? [sameKind.indexOf(located.track)] : [];
  });
  const steps = wanted - sameKind.indexOf(grabbed.track);
  const low = 0 - Math.min(...chosen);
  const high = sameKind.length - 1 - Math.max(...chosen);
  const held = Math.max(low, Math.min(high, steps));
  return grabbed.track.kind === 'video' ? { ...none, byVideoTracks: held } : { ...none, byAudioTracks: held };
}

function outcome({ sequence, film }: Ground, moving: readonly LocatedClip[], intent: MoveClips): Sentence {
  const start = moving.reduce((at, { clip }) => minFrames(at, clip.recordIn), frames(Number.MAX_SAFE_INTEGER));
  const at = formatTimecode(addFrames(start, intent.byFrames), sequence.rate, numberingFor(sequence.rate));
  if (intent.mode === 'insert') return sentence('drag.insert', { at });
  return sentence(coversOthers(film, moving, intent) ? 'drag.overwrite' : 'drag.place', { at });
}

/** Whether the landing cuts into clips that stay. */
function coversOthers(film: Ground['film'], moving: readonly LocatedClip[], intent: MoveClips): boolean {
  const sequence = film.sequences.find((each) => each.id === intent.sequenceId);
  if (!sequence) return false;
  const gone = new Set(moving.map(({ clip }) => clip.id));
  return moving.some(({ track, clip }) => {
    const sameKind = sequence.tracks.filter((each) => each.kind === track.kind);
    const isChosen = intent.clipIds.includes(clip.id);
    const steps = isChosen ? stepsFor(track.kind, intent) : 0;
    const landing = sameKind[sameKind.indexOf(track) + steps];
    const landedIn = addFrames(clip.recordIn, intent.byFrames);
    const landedOut = addFrames(clip.recordOut, intent.byFrames);
    return landing?.clips.some(
      (other) => !gone.has(other.id) && other.recordIn < landedOut && landedIn < other.recordOut,
    );
  });
}

function stepsFor(kind: 'video' | 'audio', intent: MoveClips): number {
  switch (kind) {
    case 'video':
      return intent.byVideoTracks;
    case 'audio':
      return intent.byAudioTracks;
    default:
      return assertNever(kind);
  }
}
