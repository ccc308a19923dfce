import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { Message } from '../rpc/port.ts';
import { portPair } from '../rpc/port.ts';
import { serveShots } from './serve-shots.ts';

const packFolder = join(import.meta.dirname, '../../test/fixtures/packs/tiny-loom');
const order = (job: number) =>
  JSON.stringify({
    kind: 'make-shot',
    job,
    packFolder,
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
  const { send, heard, isClosed } = served();
  send(order(1));
  await vi.waitFor(() => expect(heard.at(-1)).toContain('"finished"'), { timeout: 10_000 });
  send('{"kind":"cancel","job":1}');
  send('{"kind":"frames-taken","job":1}');
  send(order(2));
  await vi.waitFor(() => expect(heard.at(-1)).toContain('"finished","job":2'), { timeout: 10_000 });
  expect(isClosed()).toBe(false);
});

const nonsense: readonly Message[] = ['GET / HTTP/1.1', '{"kind":"make-shot","job":0}', new Uint8Array(12)];

test.each(nonsense)('the line is closed on what no engine would order: %s', async (message) => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { send, isClosed } = served();
  send(message);
  await vi.waitFor(() => expect(isClosed()).toBe(true));
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});

function served() {
  const [engine, runner] = portPair();
  const heard: string[] = [];
  let closed = false;
  engine.onMessage((message) => heard.push(String(message)));
  engine.onClose(() => {
    closed = true;
  });
  serveShots(runner, 1);
  return { send: (message: Message) => engine.send(message), heard, isClosed: () => closed };
}
