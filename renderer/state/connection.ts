import { createStore, type StoreApi } from 'zustand/vanilla';
import { contractVersion, type Hello } from '../../engine/contract/system.ts';
import { connectEngine, type EngineClient } from '../../engine/rpc/client.ts';
import type { Port } from '../../engine/rpc/port.ts';

/** How the window stands with the engine. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly engine: EngineClient; readonly hello: Hello }
  /** Editing goes on; what is done is kept and sent once the engine is back. */
  | { readonly kind: 'lost'; readonly retryInMs: number }
  /** The engine speaks another version of the contract: only a reload of the window can help. */
  | { readonly kind: 'incompatible'; readonly engineContractVersion: number };

export interface EngineLink {
  readonly store: StoreApi<Connection>;
  /** The engine, now or once it is back. Rejects with the signal's reason. */
  connected(signal?: AbortSignal): Promise<EngineClient>;
  close(): void;
}

export interface LinkOptions {
  readonly openPort: () => Port;
  readonly wait?: (ms: number) => Promise<void>;
}

const firstRetryMs = 250;
const longestRetryMs = 5000;

/** Keeps one connection to the engine open: greets it, and dials again with growing pauses whenever it goes. */
export function linkEngine({ openPort, wait = waitMs }: LinkOptions): EngineLink {
  const store = createStore<Connection>(() => ({ kind: 'connecting' }));
  let isClosed = false;
  let port: Port | undefined;

  const dial = async (): Promise<'ended' | 'incompatible' | 'never-answered'> => {
    port = openPort();
    const gone = new Promise<void>((resolve) => port?.onClose(resolve));
    const engine = connectEngine(port);
    const hello = await Promise.race([
      engine.system.hello({ contractVersion }).catch(() => undefined),
      gone.then(() => undefined),
    ]);
    if (!hello) {
      port.close();
      return 'never-answered';
    }
    if (hello.contractVersion !== contractVersion) {
      store.setState({ kind: 'incompatible', engineContractVersion: hello.contractVersion }, true);
      return 'incompatible';
    }
    store.setState({ kind: 'connected', engine, hello }, true);
    await gone;
    return 'ended';
  };

  const keepDialling = async () => {
    let retryInMs = firstRetryMs;
    while (!isClosed) {
      const end = await dial();
      if (end === 'incompatible' || isClosed) return;
      retryInMs = end === 'ended' ? firstRetryMs : Math.min(retryInMs * 2, longestRetryMs);
      store.setState({ kind: 'lost', retryInMs }, true);
      await wait(retryInMs);
    }
  };
  void keepDialling();

  return {
    store,
    connected: (signal) => untilConnected(store, signal),
    close: () => {
      isClosed = true;
      port?.close();
    },
  };
}

function untilConnected(store: StoreApi<Connection>, signal?: AbortSignal): Promise<EngineClient> {
  return new Promise((resolve, reject) => {
    const settle = (state: Connection) => {
      if (state.kind !== 'connected') return;
      leave();
      resolve(state.engine);
    };
    const abort = () => {
      leave();
      reject(signal?.reason);
    };
    const unsubscribe = store.subscribe(settle);
    const leave = () => {
      unsubscribe();
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    else settle(store.getState());
  });
}

function waitMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
