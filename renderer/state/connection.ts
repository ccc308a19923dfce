import { createStore, type StoreApi } from 'zustand/vanilla';
import { contractVersion, type Hello } from '../../engine/contract/system.ts';
import { connectEngine, type EngineClient } from '../../engine/rpc/client.ts';
import type { Port } from '../../engine/rpc/port.ts';

/** How the window stands with the engine. */
export type Connection =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'connected'; readonly engine: EngineClient; readonly hello: Hello }
  /** Editing goes on; what is done is kept and sent once the engine is back. */
  | { readonly kind: 'lost'; readonly retryInMs: number; readonly because: LossCause }
  /** The engine speaks another version of the contract: only a reload of the window can help. */
  | { readonly kind: 'incompatible'; readonly engineContractVersion: number };

/**
 * Why the engine cannot be reached: it is being started again; the host itself is not there any more; or one is that
 * does not know this window.
 */
export type LossCause = 'engine-away' | 'host-gone' | 'signed-out';

/** How a window stands with the host that serves it. */
export type HostStanding = 'signed-in' | 'signed-out' | 'silent';

export interface EngineLink {
  readonly store: StoreApi<Connection>;
  /** The engine, now or once it is back. Rejects with the signal's reason. */
  connected(signal?: AbortSignal): Promise<EngineClient>;
  close(): void;
}

export interface LinkOptions {
  readonly openPort: () => Port;
  /** Asked whenever the engine does not answer. A host that lives and dies with the window is always there. */
  readonly askHost?: () => Promise<HostStanding>;
  readonly wait?: (ms: number) => Promise<void>;
  /** How long a greeting may go unanswered. A line on which nothing ever comes does not always say that it ended. */
  readonly patienceMs?: number;
}

const firstRetryMs = 250;
const longestRetryMs = 5000;
const longestGreetingMs = 10_000;
/** Silences in a row after which a host counts as gone: with the pauses between, some 4 s. */
const longestSilence = 4;

/** Keeps one connection to the engine open: greets it, and dials again with growing pauses whenever it goes. */
export function linkEngine(options: LinkOptions): EngineLink {
  const { openPort, askHost = async () => 'signed-in', wait = waitMs, patienceMs = longestGreetingMs } = options;
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
      waitMs(patienceMs).then(() => undefined),
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

  // What the window was last told.
  const lossCause = (): LossCause => {
    const now = store.getState();
    return now.kind === 'lost' ? now.because : 'engine-away';
  };

  const keepDialling = async () => {
    let retryInMs = firstRetryMs;
    let silences = 0;
    while (!isClosed) {
      const end = await dial();
      if (end === 'incompatible' || isClosed) return;
      const standing = end === 'ended' ? 'signed-in' : await askHost();
      const isComingBack = lossCause() !== 'engine-away' && standing === 'signed-in';
      silences = standing === 'silent' ? silences + 1 : 0;
      retryInMs = end === 'ended' || isComingBack ? firstRetryMs : Math.min(retryInMs * 2, longestRetryMs);
      store.setState({ kind: 'lost', retryInMs, because: causeOf(standing, silences) }, true);
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

function causeOf(standing: HostStanding, silences: number): LossCause {
  if (standing === 'signed-out') return 'signed-out';
  return silences >= longestSilence ? 'host-gone' : 'engine-away';
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
