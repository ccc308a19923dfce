/** Random moments to strike at, the same again from the same seed. */
export interface Moments {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** Waits between nothing and so many milliseconds. */
  pause(longestMs: number): Promise<void>;
}

export interface Round {
  readonly seed: number;
  readonly moments: Moments;
}

/**
 * How often, and from which seed, the tests of a file are repeated: `SHOTLOOM_ROUNDS` and `SHOTLOOM_SEED`. Once, and
 * striking at the very first moment, where no seed is given. Round n of seed s is round 0 of seed s + n, so that one that fails can be run alone.
 */
export function rounds(): Round[] {
  const { SHOTLOOM_ROUNDS: count = '1', SHOTLOOM_SEED: first } = process.env;
  if (first === undefined) return [{ seed: 0, moments: { below: () => 0, pause: async () => {} } }];
  return Array.from({ length: Number(count) }, (_, round) => {
    const seed = Number(first) + round;
    return { seed, moments: momentsOf(seed) };
  });
}

function momentsOf(seed: number): Moments {
  let state = seed >>> 0;
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    pause: (longestMs) => new Promise((resolve) => setTimeout(resolve, next() * longestMs)),
  };
}
