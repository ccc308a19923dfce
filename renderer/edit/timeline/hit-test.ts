import type { Clip, Sequence } from '../../../engine/document/film.ts';
import type { TrackId } from '../../../engine/document/ids.ts';
import { type Frames, frames } from '../../../engine/document/time.ts';
import { clipsInRange, trackOf } from '../../../engine/document/track.ts';
import { type Lane, laneAt } from './lanes.ts';
import { frameUnder, type TimeScale, xOfFrame } from './time-scale.ts';

/** What lies under the pointer. */
export type Hit =
  | { readonly kind: 'clip'; readonly trackId: TrackId; readonly clip: Clip; readonly part: 'body' | 'in' | 'out' }
  | { readonly kind: 'lane'; readonly trackId: TrackId; readonly at: Frames }
  | { readonly kind: 'nowhere' };

/** How far into a clip its edge is grabbed; a third of a short clip, so that its body stays in reach. */
const edgePx = 10;
/** How far outside a clip its edge is still meant. */
const reachPx = 3;
/** Below this a clip has a body only: edges need room for a finger between them. */
const leastEdgedPx = 14;

export interface Laid {
  readonly sequence: Sequence;
  readonly lanes: readonly Lane[];
  readonly scale: TimeScale;
}

/** Finds what lies at a point of the lanes, in pixels from their top left corner. */
export function hitTest({ sequence, lanes, scale }: Laid, x: number, y: number): Hit {
  const lane = laneAt(lanes, y);
  const track = lane && trackOf(sequence, lane.trackId);
  if (!track) return { kind: 'nowhere' };
  const near = clipsInRange<Clip>(track.clips, {
    in: frameUnder(scale, x - reachPx),
    out: frames(frameUnder(scale, x + reachPx) + 1),
  });
  const parts = near.flatMap((clip) => {
    const part = partUnder(clip, scale, x);
    return part ? [{ clip, part }] : [];
  });
  // Where two clips touch, the one that holds the pointer wins over the one it is merely near.
  const hit = parts.find(({ clip }) => holds(clip, scale, x)) ?? parts[0];
  if (hit) return { kind: 'clip', trackId: track.id, ...hit };
  return { kind: 'lane', trackId: track.id, at: frameUnder(scale, x) };
}

function partUnder(clip: Clip, scale: TimeScale, x: number): 'body' | 'in' | 'out' | undefined {
  const left = xOfFrame(scale, clip.recordIn);
  const right = xOfFrame(scale, clip.recordOut);
  if (right - left < leastEdgedPx) return holds(clip, scale, x) ? 'body' : undefined;
  const grabPx = Math.min(edgePx, (right - left) / 3);
  if (x >= left - reachPx && x < left + grabPx) return 'in';
  if (x > right - grabPx && x <= right + reachPx) return 'out';
  return holds(clip, scale, x) ? 'body' : undefined;
}

function holds(clip: Clip, scale: TimeScale, x: number): boolean {
  return x >= xOfFrame(scale, clip.recordIn) && x < xOfFrame(scale, clip.recordOut);
}
