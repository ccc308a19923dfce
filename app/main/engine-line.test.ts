import { expect, test } from 'vitest';
import { type Message, type Port, portPair } from '../../engine/rpc/port.ts';
import { BrowserWindow, desktop, settled } from '../testing/electron.ts';
import type { StandInPort } from '../testing/ports.ts';
import { pageOf } from '../testing/run-desktop.ts';
import { connectWindow } from './engine-line.ts';

// A window's line to the engine: main process, preload script and page, with a port that Electron's rules are kept on.

await desktop.becomeReady();

interface Line {
  readonly port: StandInPort;
  readonly heard: Message[];
  readonly message: unknown;
  readonly engine: Port;
}

/** Opens a window and a line from it to an engine that is only its end of a port. */
async function openLine(connection = 1): Promise<Line> {
  const window = new BrowserWindow();
  await window.loadURL('shotloom://app/');
  const [host, engine] = portPair();
  const { window: page } = pageOf(window);
  const arrived = new Promise<MessageEvent>((resolve) =>
    page.addEventListener('message', (event) => resolve(event as MessageEvent), { once: true }),
  );
  expect(await connectWindow(window.webContents as never, connection, async () => host)).toBe(true);
  const { data, ports } = await arrived;
  const port = ports[0] as unknown as StandInPort; // what the stand-in sends along
  const heard: Message[] = [];
  port.addEventListener('message', (event) => heard.push((event as MessageEvent).data));
  port.start();
  return { port, heard, message: data, engine };
}

test('the port comes as a message of the page to itself, under the number it was asked for', async () => {
  const { message, port } = await openLine(7);
  expect(message).toEqual({ kind: 'shotloom-engine-port', connection: 7 });
  port.close();
});

test('text and bytes arrive both ways as they were sent', async () => {
  const { port, heard, engine } = await openLine();
  const atEngine: Message[] = [];
  engine.onMessage((message) => atEngine.push(message));
  port.postMessage('from the window');
  port.postMessage(new Uint8Array([1, 2, 3]));
  engine.send('from the engine');
  engine.send(new Uint8Array([4, 5, 6]));
  await expect.poll(() => [atEngine.length, heard.length]).toEqual([2, 2]);
  expect(atEngine).toEqual(['from the window', new Uint8Array([1, 2, 3])]);
  expect(heard).toEqual(['from the engine', new Uint8Array([4, 5, 6])]);
  port.close();
});

test('a frame cut out of a larger chunk crosses alone', async () => {
  const { port, heard, engine } = await openLine();
  engine.send(new Uint8Array(64 * 1024).subarray(10, 20));
  await expect.poll(() => heard.length).toBe(1);
  expect((heard[0] as Uint8Array).buffer.byteLength).toBe(10);
  port.close();
});

test('what is neither text nor bytes goes no further', async () => {
  const { port, engine } = await openLine();
  const atEngine: Message[] = [];
  engine.onMessage((message) => atEngine.push(message));
  for (const message of [{ text: 'an object' }, 7, undefined, [1], new Map()]) port.postMessage(message);
  port.postMessage('text');
  await expect.poll(() => atEngine.length).toBe(1);
  expect(atEngine).toEqual(['text']);
  port.close();
});

test('either end that goes takes the other along', async () => {
  const first = await openLine();
  const engineGone = new Promise<void>((resolve) => first.engine.onClose(resolve));
  first.port.close();
  await engineGone;

  const second = await openLine();
  const portGone = new Promise((resolve) => second.port.addEventListener('close', resolve));
  second.engine.close();
  await portGone;
  expect(second.heard).toEqual([null]); // told aloud: pages outside Electron hear of no closed port

  const third = await openLine();
  const thirdGone = new Promise<void>((resolve) => third.engine.onClose(resolve));
  third.port.postMessage(null);
  await thirdGone;
});

test('every connection has a channel of its own', async () => {
  const [first, second] = [await openLine(1), await openLine(2)];
  first.engine.close();
  second.engine.send('still here');
  await expect.poll(() => second.heard).toEqual(['still here']);
  expect(first.heard).toEqual([null]);
  second.port.close();
});

test('an engine that cannot be reached is no line, and a window that closed meanwhile lets it go', async () => {
  const window = new BrowserWindow();
  const unreachable = () => Promise.reject(new Error('away'));
  expect(await connectWindow(window.webContents as never, 1, unreachable)).toBe(false);

  const [host, engine] = portPair();
  const gone = new Promise<void>((resolve) => engine.onClose(resolve));
  window.destroy();
  expect(await connectWindow(window.webContents as never, 1, async () => host)).toBe(false);
  await gone;
  await settled();
});
