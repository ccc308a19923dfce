import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PackSummary } from '../../engine/contract/generation.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';
import type { EngineLink } from './connection.ts';
import type { SharedSettings } from './shared-settings.ts';

/** The model packs of this machine; undefined until the engine has told. */
export type PacksStore = StoreApi<readonly PackSummary[] | undefined>;

/** Asks for the packs on every new connection, for a restarted engine may have others, and where another folder is set. */
export function followPacks(link: EngineLink, { store: settings }: SharedSettings): PacksStore {
  const store = createStore<readonly PackSummary[] | undefined>(() => undefined);
  let asked: { readonly engine: EngineClient; readonly folder: string | undefined } | undefined;
  const ask = () => {
    const connection = link.store.getState();
    const folder = settings.getState().packFolder;
    if (connection.kind !== 'connected') return;
    const { engine } = connection;
    if (asked?.engine === engine && asked.folder === folder) return;
    asked = { engine, folder };
    engine.generate.packs({}).then(
      (packs) => store.setState(packs, true),
      () => {}, // the connection went; the next one is asked
    );
  };
  link.store.subscribe(ask);
  settings.subscribe(ask);
  ask();
  return store;
}
