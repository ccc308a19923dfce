import type { Clip, Sequence } from '../../../engine/document/film.ts';
import { type FrameRange, frames, noFrames } from '../../../engine/document/time.ts';
import { firstEndingAfter, trackOf } from '../../../engine/document/track.ts';
import type { Lane } from './lanes.ts';
import type { Box } from './scene.ts';
import { frameUnder, type TimeScale, xOfFrame } from './time-scale.ts';

/** One cell of the accessible grid: a clip, or the empty time before one. */
export interface GridCell {
  readonly key: string;
  readonly clip?: Clip;
  /** Nothing lies on this track at all. */
  readonly isWholeTrack?: boolean;
  readonly range: FrameRange;
  readonly box: Box;
}

export interface GridRow {
  readonly lane: Lane;
  readonly cells: readonly GridCell[];
}

/** What is in view, and one clip more on either side, so that the arrows can walk out of the window. */
export function gridRows(
  sequence: Sequence,
  lanes: readonly Lane[],
  scale: TimeScale,
  widthPx: number,
): readonly GridRow[] {
  return lanes.map((lane) => {
    const clips: readonly Clip[] = trackOf(sequence, lane.trackId)?.clips ?? [];
    if (clips.length === 0) {
      const inView = { in: frameUnder(scale, 0), out: frameUnder(scale, widthPx) };
      return { lane, cells: [{ ...cellOf(lane, scale, inView), key: `empty-${lane.trackId}`, isWholeTrack: true }] };
    }
    const first = Math.max(0, firstEndingAfter(clips, frameUnder(scale, 0)) - 1);
    const out = frameUnder(scale, widthPx);
    const inView = clips.slice(first).findIndex((clip) => clip.recordIn > out);
    const last = inView < 0 ? clips.length : first + inView + 1;
    const cells = clips.slice(first, last).flatMap((clip, index): GridCell[] => {
      const before = clips[first + index - 1]?.recordOut ?? noFrames;
      const cell = cellOf(lane, scale, { in: clip.recordIn, out: clip.recordOut }, clip);
      return clip.recordIn > before ? [cellOf(lane, scale, { in: before, out: clip.recordIn }), cell] : [cell];
    });
    return { lane, cells };
  });
}

function cellOf(lane: Lane, scale: TimeScale, range: FrameRange, clip?: Clip): GridCell {
  const leftPx = xOfFrame(scale, range.in);
  const widthPx = Math.max(1, xOfFrame(scale, range.out) - leftPx - 2);
  return {
    key: clip?.id ?? `gap-${lane.trackId}-${range.in}`,
    ...(clip && { clip }),
    range: { in: range.in, out: frames(range.out) },
    box: { leftPx, topPx: lane.topPx + 2, widthPx, heightPx: lane.heightPx - 4 },
  };
}
