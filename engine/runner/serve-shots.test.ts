import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Message } from '../rpc/port.ts';
import { portPair } from '../rpc/port.ts';
import { serveShots } from './serve-shots.ts';

// A pack is opened and shots are made: the limit only ends a wait that nothing will end.
const packFolder = join(import.meta.dirname, '../../test/fixtures/packs/tiny-loom');
const order = (job: number) =>
  JSON.stringify({
    kind: 'make-shot',
    job,
    packFolder,
    devices: ['cpu'],
    request: {
      task: 'text',
      prompt: 'a red cat',
      packId: 'tiny-loom',
      frameCount: 1,
      widthPx: 96,
      heightPx: 64,
      seed: 1,
      steps: 1,
      guidanceScale: 1,
    },
  });

test('an order about a shot that has ended is let pass', async () => {
  const { send, hears, isClosed } = served();
  send(order(1));
  await hears('"finished","job":1');
  send('{"kind":"cancel","job":1}');
  send('{"kind":"frames-taken","job":1}');
  send(order(2));
  await hears('"finished","job":2');
  expect(isClosed()).toBe(false);
});

const nonsense: readonly Message[] = ['GET / HTTP/1.1', '{"kind":"make-shot","job":0}', new Uint8Array(12)];

test.each(nonsense)('the line is closed on what no engine would order: %s', async (message) => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { send, closed } = served();
  send(message);
  await closed;
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});

/** The runner's side of a line, and what an engine hears on it. A wait ends with what it waits for, and with nothing else. */
function served() {
  const [engine, runner] = portPair();
  const waiting = new Map<string, () => void>();
  let isClosed = false;
  engine.onMessage((message) => {
    for (const [words, wake] of waiting) if (String(message).includes(words)) wake();
  });
  const closed = new Promise<void>((resolve) => engine.onClose(resolve)).then(() => {
    isClosed = true;
  });
  serveShots(runner, 1);
  return {
    send: (message: Message) => engine.send(message),
    hears: (words: string) => new Promise<void>((resolve) => waiting.set(words, resolve)),
    isClosed: () => isClosed,
    closed,
  };
}
