import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../engine/contract/failure.ts';
import type { CacheMoveProgress } from '../../engine/contract/settings.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';

export type CacheMoving =
  | { readonly kind: 'resting' }
  | { readonly kind: 'moving'; readonly folder: string; readonly progress: CacheMoveProgress };

/** The move of the caches to another folder. It goes on when the settings are closed, and ends with the window. */
export interface CacheMove {
  readonly store: StoreApi<CacheMoving>;
  /** Moves them, one move at a time. Answers why they could not be; nothing when they were, or when it was cancelled. */
  start(engine: EngineClient, folder: string): Promise<Failure | undefined>;
  cancel(): void;
}

export function createCacheMove(): CacheMove {
  const store = createStore<CacheMoving>(() => ({ kind: 'resting' }));
  let stop = new AbortController();
  const follow = async (engine: EngineClient, folder: string): Promise<Failure | undefined> => {
    const told = await engine.settings.moveCaches({ folder }, { signal: stop.signal });
    for (;;) {
      const { done, value } = await told.next();
      if (done) return value.kind === 'failed' ? value.failure : undefined;
      store.setState({ kind: 'moving', folder, progress: value }, true);
    }
  };
  return {
    store,
    start: async (engine, folder) => {
      if (store.getState().kind === 'moving') return undefined;
      stop = new AbortController();
      store.setState({ kind: 'moving', folder, progress: { movedBytes: 0, totalBytes: 0 } }, true);
      try {
        return await follow(engine, folder);
      } catch {
        return undefined; // cancelled, or the engine went: they lie where they lay
      } finally {
        store.setState({ kind: 'resting' }, true);
      }
    },
    cancel: () => stop.abort(),
  };
}
