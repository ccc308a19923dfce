/** How hard the words steer, and where. */
export interface Guidance {
  /** 1 = no guidance; above 1 the prediction is pushed away from the one without words. */
  readonly scale: number;
  /** At this sigma and below, the words are heard as they are: saves the second prediction and calms the picture. */
  readonly aboveSigma: number;
}

/** Whether a step needs the prediction without words too. */
export function isGuided({ scale, aboveSigma }: Guidance, sigma: number): boolean {
  return scale > 1 && sigma > aboveSigma;
}

/**
 * Classifier-free guidance: v = without + scale · (with − without), as a new array of the length of `withWords`.
 * Source: Ho and Salimans 2022, arXiv:2207.12598.
 */
export function guide(withWords: Float32Array, withoutWords: Float32Array, scale: number): Float32Array<ArrayBuffer> {
  const guided = new Float32Array(withWords.length);
  for (let i = 0; i < guided.length; i++) {
    const without = withoutWords[i] ?? 0;
    guided[i] = without + scale * ((withWords[i] ?? 0) - without);
  }
  return guided;
}
