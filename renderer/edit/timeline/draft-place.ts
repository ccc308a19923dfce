import type { Clip, Sequence, TakeFacts, Track } from '../../../engine/document/film.ts';
import type { ClipId, TrackId } from '../../../engine/document/ids.ts';
import { applyIntent } from '../../../engine/document/intent.ts';
import type { Piece, PlaceTakes } from '../../../engine/document/place-takes.ts';
import { takeLength } from '../../../engine/document/take-length.ts';
import {
  addFrames,
  type FrameRange,
  type Frames,
  frames,
  noFrames,
  rangesOverlap,
  secondsToFramesNearest,
} from '../../../engine/document/time.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { allClips, trackOf } from '../../../engine/document/track.ts';
import { sentence } from '../../i18n/sentence.ts';
import { refusalSentence } from '../../i18n/told-sentences.ts';
import type { GestureDraft, Ground, Manner } from './gesture.ts';
import { snapShift, snapTargets } from './snapping.ts';

/** How long a still stands when it is first placed. */
const stillSeconds = 4;

/** The film with takes laid where the pointer is: their starts and ends snap, what they cover is cut away. */
export function draftPlace(
  ground: Ground,
  takes: readonly TakeFacts[],
  target: { readonly at: Frames; readonly trackId?: TrackId },
  manner: Manner,
): GestureDraft {
  const { sequence, film, playhead, scale } = ground;
  const pieces = target.trackId && piecesFor(sequence, takes, target.trackId, manner.withLinks);
  if (!pieces) return { lifted: [], words: sentence('drag.notHere'), isRefused: true };
  if (pieces.length === 0) {
    const isOnVideo = trackOf(sequence, target.trackId)?.kind === 'video';
    return { lifted: [], words: sentence(isOnVideo ? 'drag.noPicture' : 'drag.noSound'), isRefused: true };
  }
  const length = totalLength(pieces);
  const snapped = manner.isSnapping
    ? snapShift([noFrames, length], target.at, snapTargets(sequence, playhead, []), scale.pxPerFrame)
    : { by: target.at };
  const at = frames(Math.max(0, snapped.by));
  const intent: PlaceTakes = {
    kind: 'place',
    gesture: manner.gesture,
    sequenceId: sequence.id,
    at,
    mode: manner.mode,
    pieces,
  };
  const snapLine = snapped.at === undefined ? {} : { snapLine: snapped.at };
  const result = applyIntent(film, intent);
  if (result.kind === 'refused') {
    const words = refusalSentence(result.refusal, film);
    return { lifted: [], ...snapLine, ...(words && { words }), isRefused: true };
  }
  const words = sentence(
    manner.mode === 'insert' ? 'drag.insert' : isOccupied(sequence, intent, length) ? 'drag.overwrite' : 'drag.place',
    { at: formatTimecode(at, sequence.rate, numberingFor(sequence.rate)) },
  );
  const lifted = laidClips(film, result.film, { in: at, out: addFrames(at, length) });
  return { intent, film: result.film, lifted, ...snapLine, words, isRefused: false };
}

/**
 * What of each take goes on which track: the half that belongs on the chosen track, and with links the other half on
 * the track of the same number. Takes with nothing for the chosen track are left out.
 */
export function piecesFor(
  sequence: Sequence,
  takes: readonly TakeFacts[],
  trackId: TrackId,
  withLinks: boolean,
): readonly Piece[] {
  const track = trackOf(sequence, trackId);
  if (!track) return [];
  return takes.flatMap((take): Piece[] => {
    const hasOwnHalf = track.kind === 'video' ? take.picture : take.sound;
    if (!hasOwnHalf) return [];
    const other = withLinks ? partnerTrack(sequence, track) : undefined;
    const hasOther = other && !other.isLocked && (other.kind === 'video' ? take.picture : take.sound);
    const ids = [track, ...(hasOther ? [other] : [])];
    const video = ids.find((each) => each.kind === 'video');
    const audio = ids.find((each) => each.kind === 'audio');
    return [
      {
        take,
        sourceIn: noFrames,
        length: placedLength(take, sequence),
        ...(video && { videoTrackId: video.id }),
        ...(audio && { audioTrackId: audio.id }),
      },
    ];
  });
}

/** How long a take is when it is placed whole: at least one frame, and a few seconds for a still. */
function placedLength(take: TakeFacts, { rate }: Pick<Sequence, 'rate'>): Frames {
  const length = takeLength(take, rate);
  return length === 'endless' ? secondsToFramesNearest(stillSeconds, rate) : frames(Math.max(1, length));
}

function partnerTrack(sequence: Sequence, track: Track): Track | undefined {
  const own = sequence.tracks.filter((each) => each.kind === track.kind);
  const others = sequence.tracks.filter((each) => each.kind !== track.kind);
  return others[own.indexOf(track)] ?? others.at(-1);
}

function totalLength(pieces: readonly Piece[]): Frames {
  return pieces.reduce((sum, piece) => addFrames(sum, piece.length), noFrames);
}

function isOccupied(sequence: Sequence, { at, pieces }: PlaceTakes, length: Frames): boolean {
  const range = { in: at, out: addFrames(at, length) };
  const used = new Set(pieces.flatMap((piece) => [piece.videoTrackId, piece.audioTrackId]));
  return sequence.tracks.some(
    (track) =>
      used.has(track.id) &&
      track.clips.some((clip) => rangesOverlap({ in: clip.recordIn, out: clip.recordOut }, range)),
  );
}

/** The clips just laid: new to the film and inside the range; a tail cut off by them is new too, but lies outside. */
function laidClips(before: Ground['film'], after: Ground['film'], range: FrameRange): readonly ClipId[] {
  const known = new Set(clipsOf(before).map((clip) => clip.id));
  const isLaid = (clip: Clip) => !known.has(clip.id) && clip.recordIn >= range.in && clip.recordOut <= range.out;
  return clipsOf(after).flatMap((clip) => (isLaid(clip) ? [clip.id] : []));
}

function clipsOf(film: Ground['film']): readonly Clip[] {
  return film.sequences.flatMap((sequence) => allClips(sequence).map(({ clip }) => clip));
}
