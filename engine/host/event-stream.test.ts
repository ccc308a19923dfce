import { expect, test } from 'vitest';
import { eventStream } from './event-stream.ts';

interface Tick {
  readonly job: string;
  readonly step: number;
}
const stream = () =>
  eventStream<Tick | 'snapshot'>(
    () => 'snapshot',
    (newer, older) => typeof newer === 'object' && typeof older === 'object' && newer.job === older.job,
  );

async function take<T>(source: AsyncGenerator<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  while (taken.length < count) {
    const { value, done } = await source.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}

test('a new window gets the state first and then what happens', async () => {
  const events = stream();
  events.publish({ job: 'a', step: 1 });
  const follower = events.follow(undefined, new AbortController().signal);
  expect(await take(follower, 1)).toMatchObject([{ event: 'snapshot' }]);
  events.publish({ job: 'a', step: 2 });
  expect(await take(follower, 1)).toMatchObject([{ event: { job: 'a', step: 2 } }]);
});

test('a window that reconnects gets what it missed, without steps that no longer matter', async () => {
  const events = stream();
  const [first] = await take(events.follow(undefined, new AbortController().signal), 1);
  for (const step of [1, 2, 3]) events.publish({ job: 'a', step });
  events.publish({ job: 'b', step: 1 });
  const missed = await take(events.follow(first?.sequenceNumber, new AbortController().signal), 2);
  expect(missed.map(({ event }) => event)).toEqual([
    { job: 'a', step: 3 },
    { job: 'b', step: 1 },
  ]);
});

test('a window that was away too long, or saw another engine, starts again from the state', async () => {
  const events = stream();
  for (let step = 0; step < 600; step++) events.publish({ job: `${step}`, step });
  const [tooOld] = await take(events.follow(Date.now() - 5000, new AbortController().signal), 1);
  const [elsewhere] = await take(events.follow(Date.now() + 60_000, new AbortController().signal), 1);
  expect([tooOld?.event, elsewhere?.event]).toEqual(['snapshot', 'snapshot']);
});

test('a closed window ends its stream', async () => {
  const leaving = new AbortController();
  const follower = stream().follow(undefined, leaving.signal);
  await take(follower, 1);
  const waiting = follower.next();
  leaving.abort();
  expect((await waiting).done).toBe(true);
});
