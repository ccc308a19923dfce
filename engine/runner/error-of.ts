/** How far a result may lie from the processor's, beside the largest value of it. RUNTIME: arithmetic differs by 1e-6. */
export const tolerance = 1e-2;

/** The largest difference beside the largest value expected; infinite where numbers are missing or are none. */
export function errorOf(found: Float32Array, expected: Float32Array): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [difference, largest] = [0, 0];
  for (let at = 0; at < expected.length; at++) {
    const wanted = expected[at] ?? 0;
    difference = Math.max(difference, Math.abs((found[at] ?? Number.NaN) - wanted)); // one NaN makes all of it NaN
    largest = Math.max(largest, Math.abs(wanted));
  }
  if (difference === 0) return 0; // of nothing but zeros, too
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference / largest;
}
