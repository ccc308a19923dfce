import type { Port } from '../engine/rpc/port.ts';

/** Carries messages both ways between a window and the engine, and closes both sides when either ends. */
export function relay(window: Port, engine: Port): void {
  window.onMessage((message) => engine.send(message));
  engine.onMessage((message) => window.send(message));
  window.onClose(() => engine.close());
  engine.onClose(() => window.close());
}
