import type { Framing } from '../document/film.ts';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Which part of the upright source lands on which pixels of the frame. */
export interface Placement {
  /** Whole source pixels. */
  readonly source: Rectangle;
  /** Whole sequence pixels; may reach past the frame. */
  readonly target: Rectangle;
}

/**
 * The one written definition of place, scale and crop, used by the shader and by the ffmpeg graph.
 *
 * The whole picture, scaled, lies with its centre at the frame's centre plus (xPx, yPx); a crop cuts sides off it
 * where they lie and moves nothing. Edges are rounded to whole pixels, half up, and at least one pixel remains, so
 * that neither side has to resample a fraction of one. A picture more than twice as long as the frame is first cut
 * down to the source pixels that can be seen (a scale of 100 would otherwise ask for 190,000 pixels across); its
 * new edges are rounded by the same rule. Undefined when nothing of it falls inside the frame.
 */
export function placementOf(framing: Framing, source: Size, frame: Size): Placement | undefined {
  const { crop, scale } = framing;
  const left = frame.widthPx / 2 + framing.xPx - (source.widthPx * scale) / 2;
  const top = frame.heightPx / 2 + framing.yPx - (source.heightPx * scale) / 2;
  const across = seenEdges({ from: crop.leftPx, to: source.widthPx - crop.rightPx }, left, scale, frame.widthPx);
  const down = seenEdges({ from: crop.topPx, to: source.heightPx - crop.bottomPx }, top, scale, frame.heightPx);
  if (!across || !down) return undefined;
  return {
    source: { left: across.source.from, top: down.source.from, right: across.source.to, bottom: down.source.to },
    target: { left: across.target.from, top: down.target.from, right: across.target.to, bottom: down.target.to },
  };
}

/** Whether a placed picture leaves no pixel of the frame uncovered. */
export function coversFrame({ target }: Placement, frame: Size): boolean {
  return target.left <= 0 && target.top <= 0 && target.right >= frame.widthPx && target.bottom >= frame.heightPx;
}

/** Whether every pixel of the frame shows exactly one source pixel, unscaled. */
export function isOneToOne({ source, target }: Placement): boolean {
  return (
    source.right - source.left === target.right - target.left &&
    source.bottom - source.top === target.bottom - target.top
  );
}

interface Edges {
  readonly from: number;
  readonly to: number;
}

function seenEdges(
  kept: Edges,
  origin: number,
  scale: number,
  frameLength: number,
): { readonly source: Edges; readonly target: Edges } | undefined {
  const target = roundedEdges(origin, kept, scale);
  if (target.to <= 0 || target.from >= frameLength) return undefined;
  if (target.to - target.from <= 2 * frameLength) return { source: kept, target };
  // The resampling filter reaches one source pixel, or 1 / scale of them when reducing, past what it draws.
  const reach = Math.ceil(Math.max(1, 1 / scale)) + 1;
  const source = {
    from: Math.max(kept.from, Math.floor(-origin / scale) - reach),
    to: Math.min(kept.to, Math.ceil((frameLength - origin) / scale) + reach),
  };
  return { source, target: roundedEdges(origin, source, scale) };
}

function roundedEdges(origin: number, source: Edges, scale: number): Edges {
  const from = roundHalfUp(origin + source.from * scale);
  return { from, to: Math.max(from + 1, roundHalfUp(origin + source.to * scale)) };
}

// Math.round(-0.5) is -0, which prints as "-0" in a filter graph.
function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5) + 0;
}
