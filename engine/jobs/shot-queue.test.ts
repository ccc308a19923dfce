import { expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import type { PackId } from '../contract/ids.ts';
import type { JobState } from '../contract/job.ts';
import type { TakeRecord } from '../contract/take.ts';
import { takeOf } from '../document/film-notation.ts';
import type { TakeId } from '../document/ids.ts';
import type { ShotOrder } from '../library/take-folder.ts';
import { jobBoard } from './job-board.ts';
import { type ShotOutcome, shotJobId, shotQueue } from './shot-queue.ts';

const order = (name: string, destination: ShotOrder['destination'] = 'timeline'): ShotOrder => ({
  version: 1,
  facts: takeOf(name),
  request: {
    task: 'text',
    prompt: name,
    packId: 'loom-mini' as PackId,
    frameCount: 17,
    widthPx: 288,
    heightPx: 160,
    seed: 1,
    steps: 8,
    guidanceScale: 2,
  },
  destination,
  orderedAt: '2026-01-01T00:00:00.000Z',
  status: { kind: 'waiting' },
});

/** A queue whose shots end when the test says so. */
function bench(wanted: Set<string>) {
  const board = jobBoard(() => {});
  const kept = new Map<TakeId, ShotOrder>();
  const begun: string[] = [];
  let finish: (outcome: ShotOutcome) => void = () => {};
  let isDiskFull = false;
  const queue = shotQueue({
    board,
    isWanted: (takeId) => wanted.has(takeId),
    keep: async (changed) => {
      if (isDiskFull) throw new FailureError({ code: 'disk-full', path: '/films/one' });
      kept.set(changed.facts.id, changed);
    },
    onMade: async (record) => void kept.delete(record.facts.id),
    onOrderChanged: () => {},
    make: (made, onProgress, signal) => {
      begun.push(made.facts.id);
      onProgress({ activity: { kind: 'sampling', step: 1, stepCount: 8 }, done: 0.1 });
      return new Promise((resolve) => {
        finish = resolve;
        signal.addEventListener('abort', () => resolve({ kind: 'cancelled' }));
      });
    },
  });
  const stateOf = (name: string): JobState['kind'] | undefined => board.find(shotJobId(name as TakeId))?.state.kind;
  const end = async (outcome: ShotOutcome) => {
    finish(outcome);
    await new Promise((resolve) => setTimeout(resolve));
  };
  const fillDisk = () => {
    isDiskFull = true;
  };
  return { queue, begun, kept, stateOf, end, fillDisk, settle: () => new Promise((resolve) => setTimeout(resolve)) };
}

const made = (name: string) => ({ kind: 'made', record: { facts: takeOf(name) } as TakeRecord }) as const; // facts are all the queue reads

test('shots are made one at a time, in the order they were asked for', async () => {
  const { queue, begun, stateOf, end } = bench(new Set(['A', 'B']));
  await queue.add(order('A'));
  await queue.add(order('B'));
  expect([stateOf('A'), stateOf('B')]).toEqual(['running', 'queued']);
  await end(made('A'));
  expect(begun).toEqual(['A', 'B']);
  expect([stateOf('A'), stateOf('B')]).toEqual(['finished', 'running']);
});

test('a shot that nothing on the timeline waits for rests, and goes on when an undo brings it back', async () => {
  const wanted = new Set(['A']);
  const { queue, begun, stateOf, settle } = bench(wanted);
  await queue.add(order('A'));
  wanted.delete('A');
  queue.reconcile();
  await settle();
  expect(stateOf('A')).toBe('paused');
  wanted.add('A');
  queue.reconcile();
  expect(stateOf('A')).toBe('running');
  expect(begun).toEqual(['A', 'A']);
});

test('a shot whose ghost is still on its way to the film waits, and does not rest', async () => {
  const wanted = new Set<string>();
  const { queue, begun, stateOf, settle } = bench(wanted);
  await queue.add(order('A'));
  expect(stateOf('A')).toBe('queued');
  expect(begun).toEqual([]);
  wanted.add('A');
  queue.reconcile();
  expect(stateOf('A')).toBe('running');
  wanted.delete('A');
  queue.reconcile();
  await settle();
  expect(stateOf('A')).toBe('paused');
});

test('a shot whose ghost never came before the engine went rests', async () => {
  const { queue, kept } = bench(new Set());
  await queue.add(order('A'));
  const next = bench(new Set());
  next.queue.restore([...kept.values()]);
  expect(next.stateOf('A')).toBe('paused');
});

test('on a full disk shots rest instead of failing one after the other, and go on when there is room', async () => {
  const { queue, begun, kept, stateOf, end, settle } = bench(new Set(['A', 'B']));
  await queue.add(order('A'));
  await queue.add(order('B'));
  await end({ kind: 'failed', failure: { code: 'disk-full', path: '/films/one' } });
  expect([stateOf('A'), stateOf('B'), begun]).toEqual(['paused', 'paused', ['A']]);
  // What rests is still waiting for another engine.
  const next = bench(new Set(['A', 'B']));
  next.queue.restore([...kept.values()]);
  expect([next.stateOf('A'), next.stateOf('B')]).toEqual(['running', 'queued']);
  queue.resume();
  await settle();
  expect([stateOf('A'), stateOf('B'), begun]).toEqual(['running', 'queued', ['A', 'A']]);
});

test('a full disk stops no shot that is asked for when those it stopped were cancelled or are not wanted any more', async () => {
  const wanted = new Set(['A', 'B', 'C']);
  const { queue, begun, stateOf, end } = bench(wanted);
  const full = { kind: 'failed', failure: { code: 'disk-full', path: '/films/one' } } as const;
  await queue.add(order('A'));
  await end(full);
  await queue.cancel('A' as TakeId);
  await queue.add(order('B'));
  expect(stateOf('B')).toBe('running');
  await end(full);
  wanted.delete('B');
  queue.reconcile();
  await queue.add(order('C'));
  expect([stateOf('B'), stateOf('C'), begun]).toEqual(['paused', 'running', ['A', 'B', 'C']]);
});

test('a shot for the bin is made whether the timeline wants it or not', async () => {
  const { queue, stateOf } = bench(new Set());
  await queue.add(order('A', 'bin'));
  expect(stateOf('A')).toBe('running');
});

test('a cancelled shot stays cancelled over a restart, until it is tried again', async () => {
  const { queue, kept, stateOf, settle } = bench(new Set(['A']));
  await queue.add(order('A'));
  await queue.cancel('A' as TakeId);
  await settle();
  expect(stateOf('A')).toBe('cancelled');

  const next = bench(new Set(['A']));
  next.queue.restore([...kept.values()]);
  expect(next.begun).toEqual([]);
  await next.queue.retry('A' as TakeId);
  expect(next.stateOf('A')).toBe('running');
});

test('on a full disk no shot is taken on, and the running one can still be cancelled, or rests', async () => {
  const full = { code: 'disk-full', path: '/films/one' } as const;
  const { queue, stateOf, end, fillDisk, settle } = bench(new Set(['A', 'B']));
  await queue.add(order('A'));
  fillDisk();
  await expect(queue.add(order('B'))).rejects.toThrow('disk-full');
  await queue.cancel('A' as TakeId);
  await settle();
  expect([stateOf('A'), stateOf('B')]).toEqual(['cancelled', undefined]);

  await queue.retry('A' as TakeId);
  await end({ kind: 'failed', failure: full });
  expect(stateOf('A')).toBe('paused');
  await queue.close();
});

test('a runner that dies costs no shot; one that keeps dying over the same shot does', async () => {
  const { queue, begun, stateOf, end } = bench(new Set(['A']));
  const crash = {
    kind: 'failed',
    failure: { code: 'runner-stopped', packId: 'loom-mini' as PackId, crashCount: 1 },
  } as const;
  await queue.add(order('A'));
  await end(crash);
  await end(crash);
  expect(begun).toEqual(['A', 'A', 'A']);
  await end(crash);
  expect(stateOf('A')).toBe('failed');
});

test('closing stops the running shot and leaves it waiting', async () => {
  const { queue, kept } = bench(new Set(['A']));
  await queue.add(order('A'));
  await queue.close();
  expect(kept.get('A' as TakeId)?.status.kind).toBe('waiting');
});
