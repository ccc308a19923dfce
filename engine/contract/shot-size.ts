/** Width and height in pixels; only their ratio counts where a shape is asked for. */
export interface Shape {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Shapes this near to each other pass for one: packs make sizes in steps of 32 pixels. As `initialFraming` has it. */
const alike = 0.02;
/** Farther than this, and a shot lies between bars that one sees at once. */
const near = 0.1;

/**
 * The size a pack makes a shot in for a frame of some shape: the nearest in shape, and of those alike in shape the first,
 * which is the one that the pack lists because it does it best. Throws RangeError for a pack without sizes.
 */
export function shotSize<Size extends Shape>(sizes: readonly Size[], shape: Shape): Size {
  const [first, ...others] = sizes;
  if (!first) throw new RangeError('the pack makes no size');
  return others.reduce((best, size) => (distance(size, shape) < distance(best, shape) - alike ? size : best), first);
}

/** Whether a shot of this size fills a frame of that shape, or nearly: within 10 %. */
export function isNearShape(size: Shape, shape: Shape): boolean {
  return distance(size, shape) <= near;
}

function distance(a: Shape, b: Shape): number {
  return Math.abs(Math.log((a.widthPx * b.heightPx) / (a.heightPx * b.widthPx)));
}
