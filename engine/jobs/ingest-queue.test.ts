import { beforeEach, expect, test, vi } from 'vitest';
import type { JobState } from '../contract/job.ts';
import type { TakeRecord } from '../contract/take.ts';
import { takeOf } from '../document/film-notation.ts';
import type { TakeId } from '../document/ids.ts';
import { type IngestQueue, ingestJobId, ingestQueue } from './ingest-queue.ts';
import { jobBoard } from './job-board.ts';

// A disk that is full until it is cleared: what waits for room, and what may be done with it meanwhile.

let isFull = true;
let prepared: TakeId[] = [];
let states: Map<string, JobState['kind']>;
let queue: IngestQueue;
beforeEach(() => {
  [isFull, prepared, states] = [true, [], new Map()];
  queue = ingestQueue({
    board: jobBoard(({ id, state }) => states.set(id, state.kind)),
    prepare: async ({ facts }) => {
      prepared.push(facts.id);
      return isFull
        ? { kind: 'failed', failure: { code: 'disk-full', path: '/cache' } }
        : { kind: 'done', value: undefined };
    },
  });
});

const record = { facts: takeOf('A') } as TakeRecord; // facts are all the queue reads
const take = record.facts.id;
const stateOf = () => states.get(ingestJobId(take));
const untilItIs = (kind: JobState['kind']) => vi.waitFor(() => expect(stateOf()).toBe(kind));

test('an import that waits for room is cancelled like any other, and does not go on when there is room', async () => {
  queue.add(record);
  await untilItIs('paused');
  queue.cancel(take);
  expect(stateOf()).toBe('cancelled');
  isFull = false;
  queue.resume();
  await queue.close();
  expect(prepared).toEqual([take]);
});

test('one that was cancelled on a full disk is made when it is tried again', async () => {
  queue.add(record);
  await untilItIs('paused');
  queue.cancel(take);
  isFull = false;
  queue.retry(take);
  await untilItIs('finished');
});

test('a take that came in again while its import waited for room is prepared once', async () => {
  queue.add(record);
  await untilItIs('paused');
  isFull = false;
  queue.add(record);
  await untilItIs('finished');
  queue.resume();
  await queue.close();
  expect(prepared).toEqual([take, take]);
});
