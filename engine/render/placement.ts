import type { Framing } from '../document/film.ts';

export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
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
 * that neither side has to resample a fraction of one. Undefined when nothing of it falls inside the frame.
 */
export function placementOf(
  framing: Framing,
  source: { readonly widthPx: number; readonly heightPx: number },
  frame: { readonly widthPx: number; readonly heightPx: number },
): Placement | undefined {
  const { crop, scale } = framing;
  const left = frame.widthPx / 2 + framing.xPx - (source.widthPx * scale) / 2;
  const top = frame.heightPx / 2 + framing.yPx - (source.heightPx * scale) / 2;
  const kept: Rectangle = {
    left: crop.leftPx,
    top: crop.topPx,
    right: source.widthPx - crop.rightPx,
    bottom: source.heightPx - crop.bottomPx,
  };
  const [targetLeft, targetRight] = roundedEdges(left + kept.left * scale, left + kept.right * scale);
  const [targetTop, targetBottom] = roundedEdges(top + kept.top * scale, top + kept.bottom * scale);
  const target = { left: targetLeft, top: targetTop, right: targetRight, bottom: targetBottom };
  const isSeen = target.right > 0 && target.bottom > 0 && target.left < frame.widthPx && target.top < frame.heightPx;
  return isSeen ? { source: kept, target } : undefined;
}

function roundedEdges(low: number, high: number): readonly [number, number] {
  const start = roundHalfUp(low);
  return [start, Math.max(start + 1, roundHalfUp(high))];
}

// Math.round(-0.5) is -0, which prints as "-0" in a filter graph.
function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5) + 0;
}
