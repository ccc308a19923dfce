import type { Outcome } from '../contract/failure.ts';
import type { JobId } from '../contract/ids.ts';
import type { Activity } from '../contract/job.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import type { JobBoard } from './job-board.ts';

export interface IngestQueueOptions {
  readonly board: JobBoard;
  readonly prepare: (
    record: TakeRecord,
    onActivity: (activity: Activity, done: number) => void,
    signal: AbortSignal,
  ) => Promise<Outcome<undefined>>;
}

/** Takes waiting to be indexed and given their filmstrip, waveform and proxy, one at a time. */
export interface IngestQueue {
  add(record: TakeRecord): void;
  cancel(takeId: TakeId): void;
  retry(takeId: TakeId): void;
  /** There is room on the disk again: what a full one stopped goes on. */
  resume(): void;
  close(): Promise<void>;
}

export function ingestJobId(takeId: TakeId): JobId {
  return `ingest-${takeId}` as JobId;
}

export function ingestQueue({ board, prepare }: IngestQueueOptions): IngestQueue {
  const waiting: TakeRecord[] = [];
  const stopped = new Map<TakeId, TakeRecord>();
  /** Stopped by a full disk. */
  const full = new Set<TakeId>();
  const closing = new AbortController();
  let running: { readonly takeId: TakeId; readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  const show = ({ facts }: TakeRecord, state: Parameters<JobBoard['update']>[1]) =>
    board.post({ id: ingestJobId(facts.id), kind: 'ingest', title: facts.name, takeId: facts.id, state });

  const advance = () => {
    const next = closing.signal.aborted || running ? undefined : waiting.shift();
    if (next) begin(next);
    for (const [position, record] of waiting.entries()) show(record, { kind: 'queued', position });
  };

  const begin = (record: TakeRecord) => {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, closing.signal]);
    show(record, { kind: 'running', activity: { kind: 'indexing' }, done: 0 });
    const onActivity = (activity: Activity, done: number) => show(record, { kind: 'running', activity, done });
    const ended = prepare(record, onActivity, signal)
      .then((outcome) => settle(record, outcome, signal.aborted))
      .finally(() => {
        running = undefined;
        advance();
      });
    running = { takeId: record.facts.id, stop, ended };
  };

  const settle = (record: TakeRecord, outcome: Outcome<undefined>, isStopped: boolean) => {
    if (outcome.kind === 'done') {
      show(record, { kind: 'finished' });
      // A finished ingest is no news: the picture in the bin says it.
      board.remove(ingestJobId(record.facts.id));
      return;
    }
    stopped.set(record.facts.id, record);
    const { failure } = outcome;
    if (!isStopped && failure.code === 'disk-full') {
      full.add(record.facts.id);
      return show(record, { kind: 'paused', because: failure });
    }
    show(record, isStopped ? { kind: 'cancelled' } : { kind: 'failed', failure: outcome.failure });
  };

  const retry = (takeId: TakeId) => {
    const record = stopped.get(takeId);
    if (!record) return;
    stopped.delete(takeId);
    full.delete(takeId);
    waiting.push(record);
    advance();
  };

  return {
    add: (record) => {
      stopped.delete(record.facts.id);
      full.delete(record.facts.id);
      waiting.push(record);
      advance();
    },
    cancel: (takeId) => {
      if (running?.takeId === takeId) running.stop.abort();
      const resting = full.delete(takeId) ? stopped.get(takeId) : undefined;
      if (resting) show(resting, { kind: 'cancelled' });
      const index = waiting.findIndex((record) => record.facts.id === takeId);
      const [record] = index < 0 ? [] : waiting.splice(index, 1);
      if (!record) return;
      stopped.set(takeId, record);
      show(record, { kind: 'cancelled' });
    },
    retry,
    resume: () => {
      for (const takeId of full) retry(takeId);
    },
    close: async () => {
      closing.abort();
      await running?.ended;
    },
  };
}
