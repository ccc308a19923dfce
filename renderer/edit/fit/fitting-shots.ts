import type { PackSummary } from '../../../engine/contract/generation.ts';
import { isNearShape } from '../../../engine/contract/shot-size.ts';
import type { ShotRequest } from '../../../engine/contract/take.ts';
import type { Rate } from '../../../engine/document/time.ts';
import { lengthChoices } from '../../generate/shot-draft.ts';

/** Offered at most of each kind: more would be a list to study where one way on is wanted. */
const mostOfAKind = 2;

/**
 * The same shot where it takes less memory: what the pack really makes, the smaller sizes of the same shape first, since
 * they keep the length, then shorter ones at about two thirds and a third of it.
 */
export function fittingShots(request: ShotRequest, pack: PackSummary, rate: Rate): readonly ShotRequest[] {
  const pixels = request.widthPx * request.heightPx;
  const smaller = pack.sizes
    .filter((size) => size.widthPx * size.heightPx < pixels && isNearShape(size, request))
    .toSorted((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx);
  const lengths = lengthChoices(pack, rate).map(({ frameCount }) => frameCount);
  const shorter = [2 / 3, 1 / 3].flatMap((share) => {
    const longest = lengths.findLast((count) => count <= request.frameCount * share);
    return longest === undefined ? [] : [longest];
  });
  return [
    ...smaller.slice(0, mostOfAKind).map(({ widthPx, heightPx }) => ({ ...request, widthPx, heightPx })),
    ...[...new Set(shorter)].map((frameCount) => ({ ...request, frameCount })),
  ];
}
