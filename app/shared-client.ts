import { connectEngine, type EngineClient } from '../engine/rpc/client.ts';
import type { Port } from '../engine/rpc/port.ts';

/** One connection for the host's own questions, made again after the engine was. */
export function sharedClient(dial: () => Promise<Port>): () => Promise<EngineClient> {
  let current: Promise<EngineClient> | undefined;
  return () => {
    current ??= dial().then((port) => {
      port.onClose(() => {
        current = undefined;
      });
      return connectEngine(port);
    });
    current.catch(() => {
      current = undefined;
    });
    return current;
  };
}
