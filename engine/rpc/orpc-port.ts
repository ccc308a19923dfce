import type { BrowserPortLike } from '@orpc/client/message-port';
import type { Port } from './port.ts';

/** Our port in the shape oRPC takes; it sends strings and bytes only, so nothing else needs to cross. */
export function onOrpcPort(port: Port): BrowserPortLike {
  return {
    onMessage: { addListener: (listener) => port.onMessage(listener) },
    onDisconnect: { addListener: (listener) => port.onClose(listener) },
    postMessage: (message) => port.send(message),
  };
}
