import { type DesktopBridge, type EnginePortMessage, lineEnded } from '../../engine/contract/desktop-bridge.ts';
import { exactBytes, type Message, type Port } from '../../engine/rpc/port.ts';

/** The page as far as it hears messages to itself. */
export type PageMessages = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/**
 * Opens lines to the engine through the desktop shell. Each is a channel of its own, never used again: what was still
 * under way on an earlier one cannot arrive on the next.
 */
export function desktopPorts(bridge: Pick<DesktopBridge, 'connect'>, page: PageMessages): () => Port {
  let opened = 0;
  return () => openPort(bridge, page, ++opened);
}

function openPort(bridge: Pick<DesktopBridge, 'connect'>, page: PageMessages, connection: number): Port {
  const waiting: Message[] = [];
  const listeners = new Set<(message: Message) => void>();
  const closeListeners = new Set<() => void>();
  let line: MessagePort | undefined;
  let isOpen = true;

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    page.removeEventListener('message', arrive);
    line?.postMessage(lineEnded);
    line?.close();
    for (const closed of closeListeners) closed();
  };
  const arrive = (event: Event) => {
    const port = portIn(event, page, connection);
    if (!port) return;
    page.removeEventListener('message', arrive);
    line = port;
    port.addEventListener('message', ({ data }) => {
      if (data === lineEnded) close();
      else for (const listener of listeners) listener(data);
    });
    port.addEventListener('close', close);
    port.start();
    for (const message of waiting.splice(0)) send(message);
  };
  // Nothing is put into the transfer list: bytes given there do not arrive in another process.
  const send = (message: Message) =>
    line ? line.postMessage(typeof message === 'string' ? message : exactBytes(message)) : waiting.push(message);

  page.addEventListener('message', arrive);
  bridge.connect({ connection }).then((isReached) => isReached || close(), close);

  return {
    send: (message) => void (isOpen && send(message)),
    onMessage: (listener) => void listeners.add(listener),
    onClose: (listener) => void closeListeners.add(listener),
    close,
  };
}

/** The port that the preload script handed on for this connection; anybody else's message is none of ours. */
function portIn(event: Event, page: PageMessages, connection: number): MessagePort | undefined {
  const { data, source, ports } = event as MessageEvent<Partial<EnginePortMessage> | undefined>; // a `message` event is one
  const isOurs = source === page && data?.kind === 'shotloom-engine-port' && data.connection === connection;
  return isOurs ? ports[0] : undefined;
}
