import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { type EnginePortMessage, lineEnded } from '../../engine/contract/desktop-bridge.ts';
import { exactBytes, type Message, type Port } from '../../engine/rpc/port.ts';
import { relay } from '../relay.ts';

/**
 * Gives a window a line to the engine: a channel of its own each time, so that no message of an earlier connection can
 * arrive on a later one. Answers whether the engine could be reached.
 */
export async function connectWindow(
  window: WebContents,
  connection: number,
  dial: () => Promise<Port>,
): Promise<boolean> {
  const engine = await dial().catch(() => undefined);
  if (!engine) return false;
  if (window.isDestroyed()) {
    engine.close();
    return false;
  }
  const { port1, port2 } = new MessageChannelMain();
  relay(mainPort(port1), engine);
  const message: EnginePortMessage = { kind: 'shotloom-engine-port', connection };
  window.postMessage('engine-port', message, [port2]);
  return true;
}

/** Electron's port in the main process as ours. */
function mainPort(port: MessagePortMain): Port {
  return {
    // Nothing goes into the transfer list: only ports may, and bytes given there are lost on their way.
    send: (message) => port.postMessage(typeof message === 'string' ? message : exactBytes(message)),
    onMessage: (listener) => {
      port.on('message', ({ data }) => {
        if (typeof data === 'string' || data instanceof Uint8Array) listener(data as Message);
        else if (data === lineEnded) port.close();
      });
      port.start();
    },
    onClose: (closed) => void port.once('close', closed),
    close: () => {
      port.postMessage(lineEnded);
      port.close();
    },
  };
}
