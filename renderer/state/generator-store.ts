import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Generator } from '../../engine/contract/generator.ts';
import type { EngineLink } from './connection.ts';

/** Whether shots can be made; `ready` until the engine has told otherwise. */
export type GeneratorStore = StoreApi<Generator>;

const pauseMs = 500;

/** Follows how the generator stands, on every connection anew: a restarted engine has forgotten. */
export function followGenerator(link: EngineLink): GeneratorStore {
  const store = createStore<Generator>(() => ({ kind: 'ready' }));
  const follow = async () => {
    for (;;) {
      const engine = await link.connected();
      try {
        for await (const standing of await engine.generate.follow({})) store.setState(standing, true);
      } catch {} // the connection went: the next one is followed
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  void follow();
  return store;
}
