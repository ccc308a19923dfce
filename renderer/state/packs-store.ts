import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PackSummary } from '../../engine/contract/generation.ts';
import type { EngineLink } from './connection.ts';

/** The model packs of this machine; undefined until the engine has told. */
export type PacksStore = StoreApi<readonly PackSummary[] | undefined>;

/** Asks for the packs on every new connection: a restarted engine may have others. */
export function followPacks(link: EngineLink): PacksStore {
  const store = createStore<readonly PackSummary[] | undefined>(() => undefined);
  let asked: unknown;
  const ask = () => {
    const connection = link.store.getState();
    if (connection.kind !== 'connected' || connection.engine === asked) return;
    asked = connection.engine;
    connection.engine.generate.packs({}).then(
      (packs) => store.setState(packs, true),
      () => {}, // the connection went; the next one is asked
    );
  };
  link.store.subscribe(ask);
  ask();
  return store;
}
