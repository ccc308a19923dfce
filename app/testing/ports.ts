import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort, type TransferListItem } from 'node:worker_threads';
import type * as Electron from 'electron';

// Message ports with Electron's rules between its processes, over the ones of worker threads, which clone and transfer
// as Chromium's do. Sources: Electron's MessagePortMain reference; issues #34905, #37157, #42373 and #25446.

const inside = new WeakMap<object, MessagePort>();

/** Electron's port of the main process: waits for `start`, takes nothing but ports along, closes on what cannot cross. */
export class StandInPortMain
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, 'postMessage' | 'start' | 'close'>
{
  constructor(port: MessagePort) {
    super();
    inside.set(this, port);
    port.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    const ports = transfer.map(portToSend);
    try {
      portOf(this).postMessage(crossing(message), ports);
    } catch {
      this.close(); // what cannot be cloned breaks the pipe
    }
  }

  start(): void {
    portOf(this).on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    portOf(this).close();
  }
}

/** The page's port. Memory in a transfer list never arrives in another process, and nobody is told. */
export class StandInPort extends EventTarget {
  constructor(port: MessagePort) {
    super();
    inside.set(this, port);
    port.on('close', () => this.dispatchEvent(new Event('close')));
  }

  postMessage(message: unknown, transfer: readonly object[] = []): void {
    if (transfer.some((each) => each instanceof ArrayBuffer)) return;
    portOf(this).postMessage(crossing(message));
  }

  start(): void {
    portOf(this).on('message', (data: unknown) => {
      this.dispatchEvent(Object.assign(new Event('message'), { data, ports: [] }));
    });
  }

  close(): void {
    portOf(this).close();
  }
}

export class StandInChannelMain {
  readonly port1: StandInPortMain;
  readonly port2: StandInPortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new StandInPortMain(port1);
    this.port2 = new StandInPortMain(port2);
  }
}

/** What a page gets of a port that the main process sends it. The sender's own end is of no use afterwards. */
export function arrivedInPage(sent: object): StandInPort {
  const port = portToSend(sent) as MessagePort; // only ports are let through
  inside.delete(sent);
  return new StandInPort(port);
}

function portToSend(each: object): TransferListItem {
  if (!(each instanceof StandInPortMain)) throw new TypeError('Invalid value for transfer');
  return portOf(each);
}

function portOf(owner: object): MessagePort {
  const port = inside.get(owner);
  if (!port) throw new Error('the port was sent elsewhere');
  return port;
}

/** Shared memory cannot cross processes, though threads would share it. */
function crossing(message: unknown): unknown {
  const isShared = (value: unknown) =>
    value instanceof SharedArrayBuffer || (ArrayBuffer.isView(value) && value.buffer instanceof SharedArrayBuffer);
  const parts = typeof message === 'object' && message !== null ? Object.values(message) : [];
  if (isShared(message) || (!ArrayBuffer.isView(message) && parts.some(isShared))) throw new Error('shared memory');
  return message;
}
