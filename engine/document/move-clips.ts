import { carve, type NewId, shifted } from './carve.ts';
import { type EditResult, edited, type Refusal, refused } from './edit-result.ts';
import type { Clip, Film, Sequence, Track } from './film.ts';
import { type ClipId, type GestureId, idsOfGesture, type LinkId, type SequenceId, type TrackId } from './ids.ts';
import { openUp } from './ripple.ts';
import { type Frames, frames, maxFrames, minFrames, subtractFrames } from './time.ts';
import { locateClips, mapTracks, sequenceOf, withClips, withLinked, withSequence } from './track.ts';

export interface MoveClips {
  readonly kind: 'move';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly clipIds: readonly ClipId[];
  readonly byFrames: Frames;
  /** How many video tracks up (V1 → V2 is 1), and how many audio tracks down (A1 → A2 is 1). */
  readonly byVideoTracks: number;
  readonly byAudioTracks: number;
  readonly mode: 'overwrite' | 'insert';
  /** Whether clips linked to the moved ones go with them in time. */
  readonly withLinks: boolean;
}

/**
 * Moves clips in time and between tracks of their kind. What lies at the target is overwritten, or pushed right by an
 * insert; the place they came from is left empty either way.
 *
 *     [ A ][ B ]      move A by +5   …  [ B ][ A ]    overwrite
 *
 * Linked clips follow in time, and keep their tracks unless they were chosen themselves.
 * Refuses `track-locked`, `no-such-track` past the last track, `before-start`, `nothing-changes`, and `would-collide`
 * when two of the moved clips would land on each other.
 */
export function moveClips(film: Film, intent: MoveClips): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const moves = plannedMoves(sequence, intent);
  if ('code' in moves) return refused(moves);

  const newId = idsOfGesture(intent.gesture);
  const lifted = mapTracks(sequence, (track) => liftFrom(track, moves));
  const span = spanOf(moves);
  const opened = intent.mode === 'insert' ? openUp(lifted, span.in, subtractFrames(span.out, span.in), newId) : lifted;
  if ('code' in opened) return refused(opened);
  const tailLinks = new Map<LinkId, LinkId>();
  const landed = mapTracks(opened, (track) => landOn(track, moves, newId, tailLinks));
  return edited(withSequence(film, landed));
}

interface Move {
  readonly from: TrackId;
  readonly to: TrackId;
  readonly clip: Clip;
}

function plannedMoves(sequence: Sequence, intent: MoveClips): readonly Move[] | Refusal {
  const chosen = locateClips(sequence, intent.clipIds);
  if ('code' in chosen) return chosen;
  if (intent.byFrames === 0 && intent.byVideoTracks === 0 && intent.byAudioTracks === 0)
    return { code: 'nothing-changes' };

  const moving = intent.withLinks ? withLinked(sequence, intent.clipIds) : chosen;
  const moves: Move[] = [];
  for (const { track, clip } of moving) {
    const target = intent.clipIds.includes(clip.id) ? trackBeside(sequence, track, intent) : track;
    if (!target) return { code: 'no-such-track' };
    if (track.isLocked || target.isLocked)
      return { code: 'track-locked', trackId: track.isLocked ? track.id : target.id };
    if (clip.recordIn + intent.byFrames < 0) return { code: 'before-start' };
    const landed = shifted(clip, intent.byFrames);
    if (moves.some((other) => other.to === target.id && clipsOverlap(other.clip, landed))) {
      return { code: 'would-collide', trackId: target.id };
    }
    moves.push({ from: track.id, to: target.id, clip: landed });
  }
  return moves;
}

function clipsOverlap(a: Clip, b: Clip): boolean {
  return a.recordIn < b.recordOut && b.recordIn < a.recordOut;
}

function trackBeside(sequence: Sequence, track: Track, intent: MoveClips): Track | undefined {
  const sameKind = sequence.tracks.filter((each) => each.kind === track.kind);
  const step = track.kind === 'video' ? intent.byVideoTracks : intent.byAudioTracks;
  return sameKind[sameKind.indexOf(track) + step];
}

function liftFrom(track: Track, moves: readonly Move[]): Track {
  const leaving = new Set(moves.filter((move) => move.from === track.id).map((move) => move.clip.id));
  return leaving.size === 0
    ? track
    : withClips(
        track,
        track.clips.filter((clip) => !leaving.has(clip.id)),
      );
}

function landOn(track: Track, moves: readonly Move[], newId: NewId, tailLinks: Map<LinkId, LinkId>): Track {
  const arriving = moves.filter((move) => move.to === track.id).map((move) => move.clip);
  const cleared = arriving.reduce(
    (each, clip) => carve(each, { in: clip.recordIn, out: clip.recordOut }, newId, tailLinks),
    track,
  );
  return arriving.length === 0 ? track : withClips(track, [...cleared.clips, ...arriving]);
}

function spanOf(moves: readonly Move[]): { readonly in: Frames; readonly out: Frames } {
  return moves.reduce(
    (span, { clip }) => ({ in: minFrames(span.in, clip.recordIn), out: maxFrames(span.out, clip.recordOut) }),
    { in: frames(Number.MAX_SAFE_INTEGER), out: frames(0) },
  );
}
