import { expect, test, vi } from 'vitest';
import { createStandInEngine } from '../testing/stand-in/engine.ts';
import { linkEngine } from './connection.ts';
import { followGenerator } from './generator-store.ts';

test('how the generator stands is followed, across lost connections, until it is closed', async () => {
  const engine = createStandInEngine();
  const link = linkEngine({ openPort: engine.openPort });
  const closed = new AbortController();
  const store = followGenerator(link, closed.signal);
  engine.generator.set({ kind: 'off', device: 'cpu', crashCount: 3 });
  await vi.waitFor(() => expect(store.getState().kind).toBe('off'));
  engine.cutConnections();
  engine.generator.set({ kind: 'ready' });
  await vi.waitFor(() => expect(store.getState().kind).toBe('ready'), 5000);

  closed.abort();
  engine.generator.set({ kind: 'off', device: 'cpu', crashCount: 3 });
  await (await link.connected()).system.ping({}); // news that was sent before it would have come
  expect(store.getState().kind).toBe('ready');
  link.close();
});
