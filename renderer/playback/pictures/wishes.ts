/** Pictures that must be missing ahead before the decoder is told again: telling it for each would only interrupt it. */
const worthAsking = 4;
/** How long a due picture may take before it is asked for again, or a later one in its place. */
const patienceMs = 1000;

/**
 * When to tell the decoder what is wanted. `latest`: what is due replaces whatever is being decoded, for scrubbing.
 * `steady`: a due picture on its way is let come, even late. Asking anew for every frame that falls due would have a
 * slow decoder chase the clock and never show anything.
 */
export type Urgency = 'latest' | 'steady';

/** Remembers what was asked for last and has not come yet. */
export class Wishes {
  #due = new Set<string>();
  #onTheirWay = new Set<string>();
  #askedAtMs = Number.NEGATIVE_INFINITY;

  /** Whether to ask now for the missing pictures, by name; if so they count as asked for. */
  shouldAsk(due: readonly string[], ahead: readonly string[], urgency: Urgency, nowMs: number): boolean {
    const isImpatient = nowMs - this.#askedAtMs > patienceMs;
    const isWaiting = this.#due.size > 0 && !isImpatient;
    const isNew = (name: string) => isImpatient || !this.#onTheirWay.has(name);
    const hasNewDue = due.some(isNew) && !(urgency === 'steady' && isWaiting);
    const hasNewAhead = ahead.filter(isNew).length >= worthAsking && !isWaiting;
    if (!hasNewDue && !hasNewAhead) return false;
    this.#due = new Set(due);
    this.#onTheirWay = new Set([...due, ...ahead]);
    this.#askedAtMs = nowMs;
    return true;
  }

  arrived(name: string): void {
    this.#due.delete(name);
    this.#onTheirWay.delete(name);
  }

  forget(): void {
    this.#due.clear();
    this.#onTheirWay.clear();
  }
}
