import type { Sequence } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { addFrames, type Frames, noFrames, subtractFrames } from '../../../engine/document/time.ts';
import { allClips } from '../../../engine/document/track.ts';

/** How near on the screen an edge is pulled: a distance the eye knows, whatever the zoom. */
const snapDistancePx = 8;

/** Everything worth snapping to: the start of the film, the playhead, and the edges of clips that stay. */
export function snapTargets(sequence: Sequence, playhead: Frames, leaving: readonly ClipId[]): readonly Frames[] {
  const gone = new Set(leaving);
  const edges = allClips(sequence).flatMap(({ clip }) => (gone.has(clip.id) ? [] : [clip.recordIn, clip.recordOut]));
  return [...new Set([noFrames, playhead, ...edges])];
}

export interface Snapped {
  readonly by: Frames;
  /** Where the line is drawn; absent when nothing was near. */
  readonly at?: Frames;
}

/** Pulls a shift so that the nearest of the moving edges meets the nearest target. */
export function snapShift(
  movingEdges: readonly Frames[],
  by: Frames,
  targets: readonly Frames[],
  pxPerFrame: number,
): Snapped {
  let best: (Snapped & { readonly px: number }) | undefined;
  for (const edge of movingEdges) {
    const shifted = addFrames(edge, by);
    for (const at of targets) {
      const px = Math.abs(at - shifted) * pxPerFrame;
      if (px <= snapDistancePx && (!best || px < best.px)) best = { by: subtractFrames(at, edge), at, px };
    }
  }
  return best ? { by: best.by, at: best.at ?? noFrames } : { by };
}
