import type { Clip, Sequence, Track } from './film.ts';
import type { Id, LinkId, TrackId } from './ids.ts';
import { addFrames, type FrameRange, type Frames, rangesOverlap, subtractFrames } from './time.ts';
import { allClips, mapTracks, withClips } from './track.ts';

export type NewId = <Name extends string>() => Id<Name>;

/** The first part of a clip, up to a frame inside it. */
export function headOf<C extends Clip>(clip: C, until: Frames): C {
  return unjoined({ ...clip, recordOut: until }, 'right');
}

/** The rest of a clip from a frame inside it: what is shown at each record frame stays the same. */
export function tailOf<C extends Clip>(clip: C, from: Frames): C {
  const trimmed = subtractFrames(from, clip.recordIn);
  return unjoined({ ...clip, recordIn: from, sourceIn: addFrames(clip.sourceIn, trimmed) }, 'left');
}

/** A clip that no longer continues its neighbour on one side. */
function unjoined<C extends Clip>(clip: C, side: 'left' | 'right'): C {
  if (!clip.joins?.[side]) return clip;
  const { joins, ...rest } = clip;
  const { [side]: _, ...kept } = joins;
  return (Object.keys(kept).length > 0 ? { ...rest, joins: kept } : rest) as C; // a spread of C without a field it may lack
}

/** A clip moved in record time. */
export function shifted<C extends Clip>(clip: C, by: Frames): C {
  return { ...clip, recordIn: addFrames(clip.recordIn, by), recordOut: addFrames(clip.recordOut, by) };
}

/** Whether a frame lies strictly inside a clip, so that a cut there leaves two clips. */
export function cutsInside(clip: Clip, at: Frames): boolean {
  return clip.recordIn < at && at < clip.recordOut;
}

/**
 * Splits the clips on the given tracks that lie across a frame. The right halves of linked clips are linked to each
 * other and to what is linked to them and lies wholly to the right, so that either side can be moved by itself.
 *
 *     [   A   ]        [ A ][ A' ]
 *     [   a   ]   →    [ a ][ a' ]
 */
export function splitAcross(sequence: Sequence, trackIds: ReadonlySet<TrackId>, at: Frames, newId: NewId): Sequence {
  const rightLinks = new Map<LinkId, LinkId>();
  const isCut = (track: Track, clip: Clip) => trackIds.has(track.id) && cutsInside(clip, at);
  for (const { track, clip } of allClips(sequence)) {
    if (isCut(track, clip) && clip.linkId && !rightLinks.has(clip.linkId)) rightLinks.set(clip.linkId, newId<'link'>());
  }
  const relinked = (clip: Clip): Clip => {
    const linkId = clip.linkId && clip.recordIn >= at ? rightLinks.get(clip.linkId) : undefined;
    return linkId ? { ...clip, linkId } : clip;
  };
  return mapTracks(sequence, (track) => {
    const isTouched = track.clips.some((clip) => isCut(track, clip) || relinked(clip) !== clip);
    const cut = (clip: Clip): Clip[] => {
      if (!isCut(track, clip)) return [relinked(clip)];
      return [headOf(clip, at), relinked({ ...tailOf(clip, at), id: newId<'clip'>() })];
    };
    return isTouched ? withClips(track, track.clips.flatMap(cut)) : track;
  });
}

/**
 * Empties a range of a track: clips inside go, clips across an edge are trimmed to it, and a clip across the whole
 * range leaves a piece on either side. The right pieces of linked clips carved by one edit share `tailLinks`, and so
 * stay linked to each other.
 *
 *     [    A    ]   carve 3–6   [ A ]   [ A' ]
 */
export function carve(track: Track, range: FrameRange, newId: NewId, tailLinks: Map<LinkId, LinkId>): Track {
  const left = track.clips.flatMap((clip): Clip[] => {
    if (!rangesOverlap({ in: clip.recordIn, out: clip.recordOut }, range)) return [clip];
    const pieces: Clip[] = [];
    if (clip.recordIn < range.in) pieces.push(headOf(clip, range.in));
    if (clip.recordOut > range.out) pieces.push(carvedTail(clip, range, newId, tailLinks));
    return pieces;
  });
  return withClips(track, left);
}

/** The first pair of neighbours that overlap, or undefined. */
export function firstOverlap(track: Track): readonly [Clip, Clip] | undefined {
  for (const [index, clip] of track.clips.entries()) {
    const next = track.clips[index + 1];
    if (next && next.recordIn < clip.recordOut) return [clip, next];
  }
  return undefined;
}

// A tail keeps its clip's identity when nothing is left in front of it; else it is a new clip.
function carvedTail(clip: Clip, range: FrameRange, newId: NewId, tailLinks: Map<LinkId, LinkId>): Clip {
  const tail = tailOf(clip, range.out);
  if (clip.recordIn >= range.in) return tail;
  const id = newId<'clip'>();
  if (!clip.linkId) return { ...tail, id };
  const linkId = tailLinks.get(clip.linkId) ?? newId<'link'>();
  tailLinks.set(clip.linkId, linkId);
  return { ...tail, id, linkId };
}
