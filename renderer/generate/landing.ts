import type { Sequence } from '../../engine/document/film.ts';
import type { TrackId } from '../../engine/document/ids.ts';
import { type Frames, minFrames, subtractFrames } from '../../engine/document/time.ts';
import { gapAt, type LocatedClip, replaceClips, trackEnd, trackOf } from '../../engine/document/track.ts';

/** Where a generated shot goes. Never over a clip. */
export type Landing =
  | {
      readonly kind: 'at-playhead' | 'moved-to-fit' | 'fills-gap' | 'appended';
      readonly trackId: TrackId;
      readonly at: Frames;
      /** As much of the shot as is shown; the rest is its tail handle. */
      readonly length: Frames;
    }
  | Locked;

interface Locked {
  readonly kind: 'locked';
  readonly trackId: TrackId;
}

/**
 * The gap under the playhead, else the end of V1.
 *
 *     [ A ]   |   [ B ]     the shot starts at the playhead, or as far before it as it takes to fit,
 *                           or fills a gap that is shorter than it
 *     [ A | ]   [ B ]       appended after B, and so with the playhead anywhere behind B
 *
 * Source: DECISIONS 13.
 */
export function landingFor(sequence: Sequence, playhead: Frames, wanted: Frames): Landing | undefined {
  const track = sequence.tracks.find((each) => each.kind === 'video');
  if (!track) return undefined;
  const trackId = track.id;
  if (track.isLocked) return { kind: 'locked', trackId };

  const end = trackEnd(track);
  if (playhead === end) return { kind: 'at-playhead', trackId, at: end, length: wanted };
  const gap = gapAt(track, playhead);
  // What lies behind the last clip is no gap: a shot there would make one.
  if (gap?.out === undefined) return { kind: 'appended', trackId, at: end, length: wanted };
  if (gap.out - playhead >= wanted) {
    return { kind: 'at-playhead', trackId, at: playhead, length: wanted };
  }
  const room = subtractFrames(gap.out, gap.in);
  if (room >= wanted) return { kind: 'moved-to-fit', trackId, at: subtractFrames(gap.out, wanted), length: wanted };
  return { kind: 'fills-gap', trackId, at: gap.in, length: room };
}

/**
 * Where a shot goes that stands in for clips: where the first of them begins, on its track, no further than to what lies
 * there besides them. Undefined without clips.
 */
export function landingInsteadOf(
  sequence: Sequence,
  clips: readonly LocatedClip[],
  wanted: Frames,
):
  | { readonly kind: 'instead'; readonly at: Frames; readonly length: Frames; readonly trackId: TrackId }
  | Locked
  | undefined {
  const first = clips.toSorted((a, b) => a.clip.recordIn - b.clip.recordIn)[0];
  if (!first) return undefined;
  const { id: trackId, isLocked } = first.track;
  if (isLocked) return { kind: 'locked', trackId };
  const at = first.clip.recordIn;
  const without = trackOf(replaceClips(sequence, new Map(clips.map(({ clip }) => [clip.id, []]))), trackId);
  const room = without && gapAt(without, at);
  const length = room?.out === undefined ? wanted : minFrames(wanted, subtractFrames(room.out, at));
  return { kind: 'instead', trackId, at, length };
}
