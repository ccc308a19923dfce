/** How far two pictures of 8-bit samples are apart. */
export interface Difference {
  readonly psnrDb: number;
  readonly largest: number;
}

/** Compares two pictures sample by sample; throws RangeError when they are not of one size. */
export function difference(a: Uint8Array, b: Uint8Array): Difference {
  if (a.length !== b.length) throw new RangeError(`pictures of ${a.length} and ${b.length} samples`);
  let squares = 0;
  let largest = 0;
  for (let at = 0; at < a.length; at++) {
    const apart = Math.abs((a[at] ?? 0) - (b[at] ?? 0));
    squares += apart * apart;
    if (apart > largest) largest = apart;
  }
  return {
    psnrDb: squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 * 255 * a.length) / squares),
    largest,
  };
}

/** RGBA without its A. */
export function withoutAlpha(rgba: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb[to++] = rgba[from] ?? 0;
    rgb[to++] = rgba[from + 1] ?? 0;
    rgb[to++] = rgba[from + 2] ?? 0;
  }
  return rgb;
}
