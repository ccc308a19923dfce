import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { connectEngine, isConnectionLoss } from './client.ts';
import { portPair } from './port.ts';

// What becomes of a call: answered, or refused as a lost connection. It is never left waiting.

const outcomeOf = (call: Promise<unknown>) =>
  Promise.race([call.catch((error: unknown) => (isConnectionLoss(error) ? 'lost' : error)), wait(1000, 'waiting')]);

test('a call under way when the connection closes is lost with it', async () => {
  const [mine, its] = portPair();
  const call = connectEngine(mine).system.ping({});
  its.close();
  expect(await outcomeOf(call)).toBe('lost');
});

test('a call on a connection that has closed is lost at once', async () => {
  const [mine, its] = portPair();
  const engine = connectEngine(mine);
  its.close();
  expect(await outcomeOf(engine.system.ping({}))).toBe('lost');
});
