import type { Sequence } from '../../engine/document/film.ts';
import type { TrackId } from '../../engine/document/ids.ts';
import { type Frames, subtractFrames } from '../../engine/document/time.ts';
import { gapAt, trackEnd } from '../../engine/document/track.ts';

/** Where a generated shot goes. Never over a clip. */
export type Landing =
  | {
      readonly kind: 'at-playhead' | 'moved-to-fit' | 'fills-gap' | 'appended';
      readonly trackId: TrackId;
      readonly at: Frames;
      /** As much of the shot as is shown; the rest is its tail handle. */
      readonly length: Frames;
    }
  | { readonly kind: 'locked'; readonly trackId: TrackId };

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
