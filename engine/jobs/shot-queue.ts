import type { Failure } from '../contract/failure.ts';
import type { JobId } from '../contract/ids.ts';
import type { Activity, JobState } from '../contract/job.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import type { ShotOrder } from '../library/take-folder.ts';
import type { JobBoard } from './job-board.ts';

/** What making one shot came to. */
export type ShotOutcome =
  | { readonly kind: 'made'; readonly record: TakeRecord }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Progress of the shot being made: what is going on, and how far along in time, 0 to 1. */
export interface ShotProgress {
  readonly activity: Activity;
  readonly done: number;
  readonly secondsLeft?: number;
}

export interface ShotQueueOptions {
  readonly board: JobBoard;
  /** Makes the shot into its take folder. Never rejects. */
  readonly make: (
    order: ShotOrder,
    onProgress: (progress: ShotProgress) => void,
    signal: AbortSignal,
  ) => Promise<ShotOutcome>;
  /** Whether the film points to a take. */
  readonly isWanted: (takeId: TakeId) => boolean;
  /** Keeps an order on disk, so that it outlives this process. */
  readonly keep: (order: ShotOrder) => Promise<void>;
  readonly onMade: (record: TakeRecord) => Promise<void>;
  readonly onOrderChanged: (order: ShotOrder) => void;
}

/** The shots still to be made, one at a time, in the order they were asked for. */
export interface ShotQueue {
  orders(): readonly ShotOrder[];
  add(order: ShotOrder): Promise<void>;
  /** Takes up orders found on disk. */
  restore(orders: readonly ShotOrder[]): void;
  /** The film has changed: shots nothing points to any more rest, those pointed to again go on. */
  reconcile(): void;
  cancel(takeId: TakeId): Promise<void>;
  retry(takeId: TakeId): Promise<void>;
  /** There is room on the disk again: what a full one stopped goes on. */
  resume(): void;
  /** Stops the running shot, which stays in the queue, and resolves when it has stopped. */
  close(): Promise<void>;
}

export function shotJobId(takeId: TakeId): JobId {
  return `shot-${takeId}` as JobId;
}

/** Crashes of the runner that one shot survives by being begun again. */
const patience = 2;

export function shotQueue(options: ShotQueueOptions): ShotQueue {
  const orders = new Map<TakeId, ShotOrder>();
  const crashes = new Map<TakeId, number>();
  /** Shots that the film has not pointed to yet: their gesture is on its way here behind their order. */
  const arriving = new Set<TakeId>();
  let running: { readonly takeId: TakeId; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  let isClosed = false;
  /** The disk is full: each shot would fail like the one before, so all of them rest. */
  let full: Failure | undefined;

  const isDue = (order: ShotOrder) =>
    order.status.kind === 'waiting' && (order.destination === 'bin' || options.isWanted(order.facts.id));
  const isInLine = (order: ShotOrder) => isDue(order) || arriving.has(order.facts.id);
  const put = (order: ShotOrder) => {
    orders.set(order.facts.id, order);
    options.onOrderChanged(order);
  };
  const setStatus = async (takeId: TakeId, status: ShotOrder['status']) => {
    const order = orders.get(takeId);
    if (!order) return;
    const changed = { ...order, status };
    put(changed);
    // What cannot be written down, on a full disk say, still holds for as long as this engine lives.
    await options.keep(changed).catch(() => {});
  };

  const show = (order: ShotOrder, state: JobState) => {
    const { id, name } = order.facts;
    options.board.post({ id: shotJobId(id), kind: 'shot', title: name, takeId: id, state });
  };
  const showWaiting = () => {
    let position = 0;
    for (const order of orders.values()) {
      if (order.facts.id === running?.takeId) continue;
      if (isDue(order)) arriving.delete(order.facts.id);
      const inLine = isInLine(order);
      const state: JobState =
        inLine && full ? { kind: 'paused', because: full } : restingState(order, inLine, position);
      if (state.kind === 'queued') position += 1;
      show(order, state);
    }
  };

  const advance = () => {
    // Nothing rests for it any more: whether the disk is still full, the next shot finds out.
    if (![...orders.values()].some(isInLine)) full = undefined;
    if (!running && !isClosed && !full) {
      const next = [...orders.values()].find(isDue);
      if (next) begin(next);
    }
    showWaiting();
  };

  const begin = (order: ShotOrder) => {
    const takeId = order.facts.id;
    arriving.delete(takeId);
    const stop = new AbortController();
    show(order, { kind: 'running', activity: { kind: 'loading-pack' }, done: 0 });
    const onProgress = (progress: ShotProgress) =>
      options.board.update(shotJobId(takeId), { kind: 'running', ...progress });
    const ended = options
      .make(order, onProgress, stop.signal)
      .then((outcome) => settle(takeId, outcome))
      .finally(() => {
        running = undefined;
        advance();
      });
    running = { takeId, stop, ended };
  };

  const settle = async (takeId: TakeId, outcome: ShotOutcome) => {
    if (outcome.kind === 'made') {
      orders.delete(takeId);
      await options.onMade(outcome.record);
      options.board.update(shotJobId(takeId), { kind: 'finished' });
    } else if (outcome.kind === 'failed' && outcome.failure.code === 'disk-full') {
      full = outcome.failure;
    } else if (outcome.kind === 'failed') {
      const crashCount = (crashes.get(takeId) ?? 0) + 1;
      crashes.set(takeId, crashCount);
      const isWorthAnother = outcome.failure.code === 'runner-stopped' && crashCount <= patience;
      if (!isWorthAnother) await setStatus(takeId, { kind: 'failed', failure: outcome.failure });
    }
  };

  return {
    orders: () => [...orders.values()],
    add: async (order) => {
      await options.keep(order);
      put(order);
      arriving.add(order.facts.id);
      advance();
    },
    restore: (found) => {
      for (const order of found) put(order);
      advance();
    },
    reconcile: () => {
      const current = running && orders.get(running.takeId);
      if (current && !isDue(current)) running?.stop.abort();
      advance();
    },
    cancel: async (takeId) => {
      arriving.delete(takeId);
      const kept = setStatus(takeId, { kind: 'cancelled' });
      if (running?.takeId === takeId) running.stop.abort(); // at once: the disk may be slow
      advance();
      await kept;
    },
    resume: () => {
      full = undefined;
      advance();
    },
    retry: async (takeId) => {
      full = undefined;
      crashes.delete(takeId);
      await setStatus(takeId, { kind: 'waiting' });
      advance();
    },
    close: async () => {
      isClosed = true;
      running?.stop.abort();
      await running?.ended;
    },
  };
}

function restingState(order: ShotOrder, isInLine: boolean, position: number): JobState {
  if (order.status.kind === 'waiting') return isInLine ? { kind: 'queued', position } : { kind: 'paused' };
  return order.status;
}
