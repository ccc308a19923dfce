// What the parts of the bench have in common: how a figure is told, and how a heap of times becomes three numbers.

export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** What it is measured against, or what else is worth knowing. */
  readonly beside?: string;
  /** What was promised; absent where a figure is only told. */
  readonly bound?: { readonly words: string; readonly isMet: boolean };
}

/** Hands a figure to `build/bench.mjs`, as one line of JSON; everything else on standard output is passed by. */
export function tell(figure: Figure): void {
  console.log(JSON.stringify({ figure }));
}

/** A bound on a number where less is better. */
export function atMost(value: number, limit: number, unit = ''): NonNullable<Figure['bound']> {
  return { words: `≤ ${limit}${unit}`, isMet: value <= limit };
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Throws RangeError of nothing at all: a bench that measured nothing has no figure. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const [p50, p95, max] = [at(0.5), at(0.95), sorted.at(-1)];
  if (p50 === undefined || p95 === undefined || max === undefined) throw new RangeError('nothing was measured');
  return { p50, p95, max };
}

export function median(values: readonly number[]): number {
  return spreadOf(values).p50;
}

/** `1.2 / 6.4 / 21 ms`, in the order p50, p95, max. */
export function inMilliseconds({ p50, p95, max }: Spread): string {
  return `${[p50, p95, max].map((value) => value.toFixed(value < 10 ? 1 : 0)).join(' / ')} ms`;
}
