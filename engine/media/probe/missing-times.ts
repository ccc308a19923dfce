import type { ShownFrame } from '../timing/coded-frames.ts';

/**
 * Gives every picture the moment it is shown, where a file tells that only of some, or of none.
 *
 * A decoder takes in one picture at each time of decoding and hands one out: the pictures are shown at the very same
 * moments, all later by one delay. The moments that no known picture takes go to the others in their order.
 *
 * `decodingTicks`: one for each picture, in the order of decoding. `firstShownTicks`: when the first of them is shown.
 */
export function withMissingTimes(
  pictures: readonly { readonly ticks: number | undefined; readonly lengthTicks: number; readonly isKey: boolean }[],
  decodingTicks: readonly number[],
  firstShownTicks: number,
): ShownFrame[] {
  const known = new Set(pictures.map(({ ticks }) => ticks).filter((ticks) => ticks !== undefined));
  const moments = [...decodingTicks].sort((a, b) => a - b);
  const delay = firstShownTicks - (moments[0] ?? 0);
  const free = moments.map((moment) => moment + delay).filter((moment) => !known.has(moment));
  let taken = 0;
  return pictures.map(({ ticks, lengthTicks, isKey }) => {
    return { ticks: ticks ?? free[taken++] ?? (free.at(-1) ?? 0) + taken, lengthTicks, isKey };
  });
}
