import { expect, test } from 'vitest';
import type { Message } from '../../engine/rpc/port.ts';
import { desktopPorts } from './desktop-port.ts';

// The page's end of a line to the engine. The shell is one that answers when the test says so.

function scene() {
  const page = new EventTarget();
  const asked: number[] = [];
  const answers: PromiseWithResolvers<boolean>[] = [];
  const connect = ({ connection }: { connection: number }) => {
    asked.push(connection);
    const answer = Promise.withResolvers<boolean>();
    answers.push(answer);
    return answer.promise;
  };
  /** What the preload script does once the shell has made a channel. */
  const handOver = (connection: number, from: unknown = page) => {
    const { port1, port2 } = new MessageChannel();
    const data = { kind: 'shotloom-engine-port', connection };
    page.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port2], source: from }));
    return port1;
  };
  return { open: desktopPorts({ connect }, page), asked, answers, handOver };
}

const closing = (port: { onClose(listener: () => void): void }) =>
  new Promise<void>((resolve) => port.onClose(resolve));

test('what is said before the line stands waits for it, in order', async () => {
  const { open, handOver } = scene();
  const port = open();
  port.send('first');
  port.send(new Uint8Array([2]));
  const engine = handOver(1);
  const heard: Message[] = [];
  engine.onmessage = ({ data }) => heard.push(data);
  port.send('third');
  await expect.poll(() => heard).toEqual(['first', new Uint8Array([2]), 'third']);
  engine.close();
});

test('a view crosses without the memory around it', async () => {
  const { open, handOver } = scene();
  const port = open();
  const engine = handOver(1);
  const heard = new Promise<MessageEvent>((resolve) => {
    engine.onmessage = resolve;
  });
  port.send(new Uint8Array(4096).subarray(0, 3));
  expect((await heard).data.buffer.byteLength).toBe(3);
  engine.close();
});

test('every connection is asked for by a number of its own and takes its own port alone', async () => {
  const { open, asked, handOver } = scene();
  const [first, second] = [open(), open()];
  expect(asked).toEqual([1, 2]);
  const heard: Message[] = [];
  first.onMessage((message) => heard.push(`first ${message}`));
  second.onMessage((message) => heard.push(`second ${message}`));
  const [engineOfSecond, engineOfFirst] = [handOver(2), handOver(1)];
  engineOfSecond.postMessage('b');
  engineOfFirst.postMessage('a');
  await expect.poll(() => heard.sort()).toEqual(['first a', 'second b']);
  engineOfFirst.close();
  engineOfSecond.close();
});

test('a port from anywhere but the window itself is left alone', async () => {
  const { open, handOver } = scene();
  const port = open();
  const stranger = handOver(1, new EventTarget());
  const heard: Message[] = [];
  port.onMessage((message) => heard.push(message));
  stranger.postMessage('from a stranger');
  const engine = handOver(1);
  engine.postMessage('from the engine');
  await expect.poll(() => heard).toEqual(['from the engine']);
  engine.close();
  stranger.close();
});

test('an engine out of reach closes the port, so that the window dials again', async () => {
  const refused = scene();
  const gone = closing(refused.open());
  refused.answers[0]?.resolve(false);
  await gone;

  const broken = scene();
  const lost = closing(broken.open());
  broken.answers[0]?.reject(new Error('refused'));
  await lost;
});

test('a line that is said to have ended has, whether or not the page is told of closed ports', async () => {
  const { open, handOver } = scene();
  const port = open();
  const gone = closing(port);
  const heard: Message[] = [];
  port.onMessage((message) => heard.push(message));
  const engine = handOver(1);
  engine.postMessage('last words');
  engine.postMessage(null);
  await gone;
  expect(heard).toEqual(['last words']);

  const second = open();
  const engineOfSecond = handOver(2);
  const said = new Promise((resolve) => {
    engineOfSecond.onmessage = ({ data }) => resolve(data);
  });
  second.close();
  expect(await said).toBeNull();
});

test('either end closes the other, once', async () => {
  const { open, handOver } = scene();
  const first = open();
  let closes = 0;
  first.onClose(() => closes++);
  handOver(1).close();
  await expect.poll(() => closes).toBe(1);
  first.close();
  expect(closes).toBe(1);

  const second = open();
  const engine = handOver(2);
  const gone = new Promise((resolve) => engine.addEventListener('close', resolve));
  engine.start();
  second.close();
  await gone;
});
