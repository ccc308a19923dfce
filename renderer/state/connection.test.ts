import { expect, test } from 'vitest';
import { portPair } from '../../engine/rpc/port.ts';
import { createStandInEngine } from '../testing/stand-in/engine.ts';
import { type Connection, type HostStanding, linkEngine } from './connection.ts';

/** A window whose engine does not answer, and what it is told of why as the host answers one thing after another. */
async function toldWhile(answers: readonly HostStanding[]): Promise<string[]> {
  const told: string[] = [];
  const left = [...answers];
  const ended = Promise.withResolvers<void>();
  const link = linkEngine({
    openPort: () => {
      const [near, far] = portPair();
      setTimeout(() => far.close());
      return near;
    },
    askHost: async () => left.shift() ?? 'silent',
    wait: async () => {
      told.push(causeIn(link.store.getState()));
      if (left.length > 0) return;
      link.close();
      ended.resolve();
    },
  });
  await ended.promise;
  return told;
}

function causeIn(connection: Connection): string {
  return connection.kind === 'lost' ? connection.because : connection.kind;
}

test('while the host is there the engine is being started again', async () => {
  expect(await toldWhile(['signed-in', 'signed-in', 'silent'])).toEqual(['engine-away', 'engine-away', 'engine-away']);
});

test('a host that stays silent is gone, and is back when it answers', async () => {
  const answers: HostStanding[] = ['silent', 'silent', 'silent', 'silent', 'silent', 'signed-in'];
  expect((await toldWhile(answers)).slice(2)).toEqual(['engine-away', 'host-gone', 'host-gone', 'engine-away']);
});

test('a host that does not know the window is told at once', async () => {
  expect(await toldWhile(['signed-out', 'silent'])).toEqual(['signed-out', 'engine-away']);
});

test('a window is connected again without anybody’s help once it can be', async () => {
  const engine = createStandInEngine();
  engine.isUnplugged = true;
  const link = linkEngine({
    openPort: engine.openPort,
    askHost: async () => {
      engine.isUnplugged = false;
      return 'signed-out';
    },
    wait: async () => {},
  });
  await link.connected();
  expect(link.store.getState().kind).toBe('connected');
  link.close();
});

test('a line on which no greeting is answered is given up for another', async () => {
  const engine = createStandInEngine();
  let dialled = 0;
  const openPort = () => (++dialled === 1 ? portPair()[0] : engine.openPort());
  const link = linkEngine({ openPort, wait: async () => {}, patienceMs: 100 });
  await link.connected();
  expect(dialled).toBeGreaterThan(1); // on a busy machine the second may be late, too
  link.close();
});
