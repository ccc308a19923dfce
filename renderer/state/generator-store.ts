import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Generator } from '../../engine/contract/generator.ts';
import type { EngineLink } from './connection.ts';
import { followEngine } from './follow-engine.ts';

/** Whether shots can be made; `ready` until the engine has told otherwise. */
export type GeneratorStore = StoreApi<Generator>;

/** Follows how the generator stands: until the signal, or for as long as the window is there. */
export function followGenerator(link: EngineLink, closed = new AbortController().signal): GeneratorStore {
  const store = createStore<Generator>(() => ({ kind: 'ready' }));
  void followEngine(
    link,
    async (engine) => {
      const standings = await engine.generate.follow({}, { signal: closed });
      for await (const standing of standings) store.setState(standing, true);
    },
    closed,
  );
  return store;
}
