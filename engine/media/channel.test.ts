import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ChannelClosed, channel } from './channel.ts';

test('values arrive in order, each given on when the last was taken', async () => {
  const line = channel<number>();
  const given: number[] = [];
  const giving = (async () => {
    for (const value of [1, 2, 3]) {
      await line.give(value);
      given.push(value);
    }
    line.end();
  })();
  const taken: number[] = [];
  for await (const value of line) {
    await wait(5);
    expect(given.length).toBe(taken.length); // this one is not yet counted as taken
    taken.push(value);
  }
  await giving;
  expect(taken).toEqual([1, 2, 3]);
});

test('a giver learns that the taker is gone, while it waits and after', async () => {
  const line = channel<number>();
  const giving = line.give(1);
  for await (const _ of line) break;
  await expect(giving).rejects.toThrow(ChannelClosed);
  await expect(line.give(2)).rejects.toThrow(ChannelClosed);
});

test('a giver learns of a taker who never began', async () => {
  const line = channel<number>();
  const giving = line.give(1);
  await line[Symbol.asyncIterator]().return?.();
  await expect(giving).rejects.toThrow(ChannelClosed);
});

test('a taker learns why the giver stopped', async () => {
  const line = channel<number>();
  line.end(new Error('the disk broke'));
  await expect(line[Symbol.asyncIterator]().next()).rejects.toThrow('the disk broke');
});
