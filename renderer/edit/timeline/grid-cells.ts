import type { Clip, Sequence } from '../../../engine/document/film.ts';
import { type FrameRange, type Frames, noFrames } from '../../../engine/document/time.ts';
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

/** So many clips of a track are cells at a time: zoomed far out a track shows thousands. */
const mostInRow = 48;

/**
 * What is in view round a frame, and one clip more on either side, so that the arrows can walk out of the window.
 * With more clips in view than a row holds, those nearest to the frame are taken.
 */
export function gridRows(
  sequence: Sequence,
  lanes: readonly Lane[],
  scale: TimeScale,
  view: { readonly widthPx: number; readonly around: Frames },
): readonly GridRow[] {
  return lanes.map((lane) => {
    const clips: readonly Clip[] = trackOf(sequence, lane.trackId)?.clips ?? [];
    const inView = { in: frameUnder(scale, 0), out: frameUnder(scale, view.widthPx) };
    if (clips.length === 0) {
      return { lane, cells: [{ ...cellOf(lane, scale, inView), key: `empty-${lane.trackId}`, isWholeTrack: true }] };
    }
    const [first, last] = shownIndexes(clips, inView, view.around);
    const cells = clips.slice(first, last).flatMap((clip, index): GridCell[] => {
      const before = clips[first + index - 1]?.recordOut ?? noFrames;
      const cell = cellOf(lane, scale, { in: clip.recordIn, out: clip.recordOut }, clip);
      return clip.recordIn > before ? [cellOf(lane, scale, { in: before, out: clip.recordIn }), cell] : [cell];
    });
    return { lane, cells };
  });
}

function shownIndexes(clips: readonly Clip[], inView: FrameRange, around: Frames): readonly [number, number] {
  const first = Math.max(0, firstEndingAfter(clips, inView.in) - 1);
  const last = Math.min(clips.length, firstEndingAfter(clips, inView.out) + 2);
  if (last - first <= mostInRow) return [first, last];
  const middle = firstEndingAfter(clips, around);
  const from = Math.max(first, Math.min(last - mostInRow, middle - mostInRow / 2));
  return [from, from + mostInRow];
}

function cellOf(lane: Lane, scale: TimeScale, range: FrameRange, clip?: Clip): GridCell {
  const leftPx = xOfFrame(scale, range.in);
  const widthPx = Math.max(1, xOfFrame(scale, range.out) - leftPx - 2);
  return {
    key: clip?.id ?? `gap-${lane.trackId}-${range.in}`,
    ...(clip && { clip }),
    range,
    box: { leftPx, topPx: lane.topPx + 2, widthPx, heightPx: lane.heightPx - 4 },
  };
}
