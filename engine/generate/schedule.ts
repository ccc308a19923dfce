/**
 * The noise levels of a flow from 1 (pure noise) to 0 (the picture): `steps + 1` sigmas, strictly falling.
 *
 * Evenly spaced levels s are bent by s' = shift·s / (1 + (shift − 1)·s): a shift above 1 spends more steps where
 * the noise is high and the layout is decided. Shift 1 leaves them even.
 * Source: Esser et al. 2024, arXiv:2403.03206, section 5.3.2.
 */
export function flowSigmas(steps: number, shift: number): readonly number[] {
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`a flow takes whole steps, not ${steps}`);
  return Array.from({ length: steps + 1 }, (_, index) => {
    const even = 1 - index / steps;
    return (shift * even) / (1 + (shift - 1) * even);
  });
}
