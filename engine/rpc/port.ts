/** A two-way pipe of whole messages: a WebSocket, a framed socket, a pair in one process. RPC runs over any of them. */
export interface Port {
  send(message: Message): void;
  onMessage(listener: (message: Message) => void): void;
  /** Called once, whichever side closed. */
  onClose(listener: () => void): void;
  close(): void;
}

export type Message = string | Uint8Array<ArrayBuffer>;

/**
 * Bytes in memory of their own. A view drags all of the memory it looks into along when it is cloned into another
 * process: a whole chunk of a socket for one small frame of it.
 */
export function exactBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** Two ports joined back to back in this process; messages arrive in a later turn, as over any other transport. */
export function portPair(): readonly [Port, Port] {
  const sides = [new Set<(message: Message) => void>(), new Set<(message: Message) => void>()] as const;
  const closing = new Set<() => void>();
  let isOpen = true;
  const side = (own: 0 | 1, other: 0 | 1): Port => ({
    send: (message) => {
      queueMicrotask(() => {
        if (isOpen) for (const listener of sides[other]) listener(message);
      });
    },
    onMessage: (listener) => void sides[own].add(listener),
    onClose: (listener) => void closing.add(listener),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      for (const listener of closing) listener();
    },
  });
  return [side(0, 1), side(1, 0)];
}

/** A browser's WebSocket as a port. Messages sent before it opens wait. */
export function webSocketPort(socket: WebSocket): Port {
  socket.binaryType = 'arraybuffer';
  const waiting: Message[] = [];
  socket.addEventListener('open', () => {
    for (const message of waiting.splice(0)) socket.send(message);
  });
  return {
    send: (message) => {
      if (socket.readyState === WebSocket.CONNECTING) waiting.push(message);
      else if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    onMessage: (listener) =>
      socket.addEventListener('message', ({ data }) =>
        listener(typeof data === 'string' ? data : new Uint8Array(data)),
      ),
    onClose: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  };
}
