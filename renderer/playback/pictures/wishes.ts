/** Pictures that must be missing ahead before the decoder is told again: telling it for each would only interrupt it. */
const worthAsking = 4;
/**
 * How a new wish treats one that is still being decoded. The picture on its way is let come for as long as patience
 * lasts, then the newest wish takes its place; wishes in between are never decoded. Asking anew at once, whoever
 * scrubs or plays faster than a file decodes would see nothing move at all.
 */
export type Urgency = 'scrubbing' | 'playing';
const patienceMs: Readonly<Record<Urgency, number>> = { scrubbing: 500, playing: 1000 };

/** Remembers what was asked for last and has not come yet. */
export class Wishes {
  #due = new Set<string>();
  #onTheirWay = new Set<string>();
  #askedAtMs = Number.NEGATIVE_INFINITY;

  /** Whether to ask now for the missing pictures, by name; if so they count as asked for. */
  shouldAsk(due: readonly string[], ahead: readonly string[], urgency: Urgency, nowMs: number): boolean {
    const isImpatient = nowMs - this.#askedAtMs > patienceMs[urgency];
    const isWaiting = this.#due.size > 0 && !isImpatient;
    const isNew = (name: string) => isImpatient || !this.#onTheirWay.has(name);
    const hasNewDue = due.some(isNew) && !isWaiting;
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
