import type { Duplex, Readable, Writable } from 'node:stream';
import { encodeFrame, frameDecoder } from './frames.ts';
import type { Message, Port } from './port.ts';

/** A socket, or a pair of pipes, as a port of framed messages. A stream that breaks the framing is closed. */
export function streamPort(input: Readable, output: Writable): Port {
  const messageListeners = new Set<(message: Message) => void>();
  const closeListeners = new Set<() => void>();
  let isOpen = true;

  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    input.destroy();
    output.destroy();
    for (const listener of closeListeners) listener();
  };
  const decode = frameDecoder((message) => {
    for (const listener of messageListeners) listener(message);
  });
  input.on('data', (chunk: Uint8Array) => {
    try {
      decode(chunk);
    } catch {
      close();
    }
  });
  for (const stream of new Set([input, output])) {
    stream.on('error', close);
    stream.on('close', close);
  }
  input.on('end', close);

  return {
    send: (message) => {
      if (isOpen) output.write(encodeFrame(message));
    },
    onMessage: (listener) => void messageListeners.add(listener),
    onClose: (listener) => void closeListeners.add(listener),
    close,
  };
}

export function socketPort(socket: Duplex): Port {
  return streamPort(socket, socket);
}
