import type { Rate } from '../../document/time.ts';

/** The largest number a rate may hold, as the contract says. */
const limit = 1_000_000;

/**
 * num / den in lowest terms, or where those are too large for a rate, the fraction nearest to it whose parts are not
 * (its last convergent: off by less than 1 / limit²). Throws RangeError unless both are whole and above 0.
 */
export function nearestRate(num: number, den: number): Rate {
  if (!Number.isSafeInteger(num) || !Number.isSafeInteger(den) || num <= 0 || den <= 0) {
    throw new RangeError(`not a ratio of whole numbers above 0: ${num}/${den}`);
  }
  // Continued fraction: the convergents of num / den, until the next would be too large.
  let [a, b] = [num, den];
  let [before, last]: [Rate, Rate] = [
    { num: 0, den: 1 },
    { num: 1, den: 0 },
  ];
  while (b > 0) {
    const whole = Math.floor(a / b);
    const next = { num: whole * last.num + before.num, den: whole * last.den + before.den };
    if (next.num > limit || next.den > limit) break;
    [before, last] = [last, next];
    [a, b] = [b, a - whole * b];
  }
  if (last.num === 0) return { num: 1, den: limit };
  return last.den === 0 ? { num: limit, den: 1 } : last;
}
