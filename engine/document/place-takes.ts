import { carve, type NewId } from './carve.ts';
import { type EditResult, edited, type Refusal, refused } from './edit-result.ts';
import type { Clip, Film, Sequence, TakeFacts, Track } from './film.ts';
import { type ClipId, type GestureId, idsOfGesture, type LinkId, type SequenceId, type TrackId } from './ids.ts';
import { removeClips } from './remove-clips.ts';
import { openUp } from './ripple.ts';
import { clipLengthLimit, initialFraming } from './take-length.ts';
import { addFrames, type Frames, noFrames } from './time.ts';
import { mapTracks, sequenceOf, trackOf, withClips, withSequence } from './track.ts';

export interface PlaceTakes {
  readonly kind: 'place';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly at: Frames;
  /** `overwrite` replaces what lies there; `insert` splits every unlocked track and pushes the rest right. */
  readonly mode: 'overwrite' | 'insert';
  /** Clips that are taken out first, on whatever track: what was placed stands in for them. */
  readonly insteadOf?: readonly ClipId[];
  /** Laid one after the other from `at`. */
  readonly pieces: readonly Piece[];
}

/** A stretch of a take, its picture and its sound each on a track or left out; together they are linked. */
export interface Piece {
  readonly take: TakeFacts;
  readonly sourceIn: Frames;
  readonly length: Frames;
  readonly videoTrackId?: TrackId;
  readonly audioTrackId?: TrackId;
}

/**
 * Puts takes on the timeline.
 *
 *     overwrite  [ A ][ B ]   X at 2   [A][X][B]      length of the rest unchanged
 *     insert     [ A ][ B ]   X at 2   [A][X][A'][ B ]
 *
 *     instead of A, B   [ A ]  [ B ][ C ]   X at 0   [X]      [ C ]
 *
 * Refuses `track-locked`, `no-such-track`, `before-start`, `no-picture` or `no-sound` when the take has none for the
 * chosen track, `too-short` for an empty piece, `end-of-media` for one that reaches past its take, and `no-such-clip`.
 */
export function placeTakes(film: Film, intent: PlaceTakes): EditResult {
  const { insteadOf = [], gesture, sequenceId } = intent;
  const taking = { kind: 'remove', gesture, sequenceId, clipIds: insteadOf, mode: 'lift', withLinks: false } as const;
  const cleared = insteadOf.length > 0 ? removeClips(film, taking) : edited(film);
  return cleared.kind === 'refused' ? cleared : placeIn(cleared.film, intent);
}

function placeIn(film: Film, intent: PlaceTakes): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const problem = problemWith(sequence, intent);
  if (problem) return refused(problem);

  const newId = idsOfGesture(intent.gesture);
  const length = totalLength(intent.pieces);
  const opened = intent.mode === 'insert' ? openUp(sequence, intent.at, length, newId) : sequence;
  if ('code' in opened) return refused(opened);
  const placed = layPieces(opened, intent, newId);
  return edited(withSequence(rememberTakes(film, intent.pieces), placed), addFrames(intent.at, length));
}

function layPieces(sequence: Sequence, intent: PlaceTakes, newId: NewId): Sequence {
  let at = intent.at;
  let result = sequence;
  for (const piece of intent.pieces) {
    result = layPiece(result, piece, at, newId);
    at = addFrames(at, piece.length);
  }
  return result;
}

function layPiece(sequence: Sequence, piece: Piece, at: Frames, newId: NewId): Sequence {
  const range = { in: at, out: addFrames(at, piece.length) };
  const isLinked = piece.videoTrackId !== undefined && piece.audioTrackId !== undefined;
  const shared = {
    takeId: piece.take.id,
    recordIn: range.in,
    recordOut: range.out,
    sourceIn: piece.sourceIn,
    ...(isLinked ? { linkId: newId<'link'>() } : {}),
  };
  const tailLinks = new Map<LinkId, LinkId>();
  return mapTracks(sequence, (track) => {
    if (track.id !== piece.videoTrackId && track.id !== piece.audioTrackId) return track;
    const id = newId<'clip'>();
    const clip: Clip =
      track.kind === 'video'
        ? { kind: 'picture', id, ...shared, framing: initialFraming(piece.take, sequence) }
        : { kind: 'sound', id, ...shared, gainDb: 0 };
    return withClips(track, [...carve(track, range, newId, tailLinks).clips, clip]);
  });
}

function rememberTakes(film: Film, pieces: readonly Piece[]): Film {
  const unknown = pieces.map((piece) => piece.take).filter((take) => !film.takes[take.id]);
  const removedTakes = film.removedTakes.filter((id) => !pieces.some((piece) => piece.take.id === id));
  return {
    ...film,
    takes: { ...film.takes, ...Object.fromEntries(unknown.map((take) => [take.id, take])) },
    removedTakes,
  };
}

function problemWith(sequence: Sequence, intent: PlaceTakes): Refusal | undefined {
  if (intent.at < 0) return { code: 'before-start' };
  for (const piece of intent.pieces) {
    const problem =
      problemOnTrack(sequence, piece, 'video', piece.videoTrackId) ??
      problemOnTrack(sequence, piece, 'audio', piece.audioTrackId) ??
      problemWithLength(sequence, piece);
    if (problem) return problem;
  }
  return intent.pieces.length > 0 ? undefined : { code: 'nothing-changes' };
}

function problemOnTrack(sequence: Sequence, piece: Piece, kind: Track['kind'], id?: TrackId): Refusal | undefined {
  if (id === undefined) return undefined;
  const track = trackOf(sequence, id);
  if (track?.kind !== kind) return { code: 'no-such-track' };
  if (track.isLocked) return { code: 'track-locked', trackId: id };
  if (kind === 'video' && !piece.take.picture) return { code: 'no-picture', takeId: piece.take.id };
  if (kind === 'audio' && !piece.take.sound) return { code: 'no-sound', takeId: piece.take.id };
  return undefined;
}

function problemWithLength(sequence: Sequence, piece: Piece): Refusal | undefined {
  if (piece.videoTrackId === undefined && piece.audioTrackId === undefined) return { code: 'no-such-track' };
  if (piece.length <= 0 || piece.sourceIn < 0) return { code: 'too-short' };
  const limit = clipLengthLimit(piece.take, piece.videoTrackId ? 'picture' : 'sound', sequence.rate);
  return limit !== 'endless' && piece.sourceIn + piece.length > limit ? { code: 'end-of-media' } : undefined;
}

function totalLength(pieces: readonly Piece[]): Frames {
  return pieces.reduce((sum, piece) => addFrames(sum, piece.length), noFrames);
}
