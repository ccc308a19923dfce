import { type CodedPicture, type CodedPlacement, codedPlacement } from './coded-picture.ts';
import { coversFrame, type Placement, placementOf, type Size } from './placement.ts';
import type { Layer, RenderPlan, Span } from './plan.ts';

/** A layer that leaves its mark on the frame. */
export interface SeenLayer {
  readonly layer: Layer;
  readonly placement: Placement;
  /** 255 is opaque. Whole steps of an 8-bit alpha, so that shader and filter graph blend by the same number. */
  readonly alpha: number;
}

/**
 * The layers of a span that can be seen, from the bottom up: inside the frame, not wholly transparent, and not
 * behind an opaque picture that covers the frame. `canShow` answers whether a take has a picture at all (a pending
 * one has none) and whether pixels of it may be transparent, so that what lies behind still counts.
 */
export function seenLayers(
  plan: RenderPlan,
  span: Span,
  canShow: (layer: Layer) => 'nothing' | 'opaque' | 'transparent',
): readonly SeenLayer[] {
  const seen: SeenLayer[] = [];
  for (const layer of span.layers) {
    const picture = plan.takes[layer.takeId]?.picture;
    const kind = canShow(layer);
    const placement = picture && kind !== 'nothing' ? placementOf(layer.framing, picture, plan) : undefined;
    const alpha = Math.round(layer.framing.opacity * 255);
    if (!placement || alpha === 0) continue;
    if (alpha === 255 && kind === 'opaque' && coversFrame(placement, plan)) seen.length = 0;
    seen.push({ layer, placement, alpha });
  }
  return seen;
}

/** Where a seen layer's coded pixels go. Throws RangeError for a take without a picture, which is never seen. */
export function codedPlacementOf(plan: RenderPlan, seen: SeenLayer, coded: CodedPicture): CodedPlacement {
  const upright: Size | undefined = plan.takes[seen.layer.takeId]?.picture;
  if (!upright) throw new RangeError(`take ${seen.layer.takeId} has no picture`);
  return codedPlacement(seen.placement, upright, coded);
}
