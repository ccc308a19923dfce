import type { Generator } from '../../../engine/contract/generator.ts';

/** How the stand-in says that shots can be made, or not. */
export interface StandInGenerator {
  set(standing: Generator): void;
  follow(gone: AbortSignal): AsyncGenerator<Generator>;
}

export function createStandInGenerator(): StandInGenerator {
  let current: Generator = { kind: 'ready' };
  let changed = Promise.withResolvers<void>();
  return {
    set: (standing) => {
      current = standing;
      changed.resolve();
      changed = Promise.withResolvers<void>();
    },
    follow: async function* (gone) {
      const left = new Promise<void>((resolve) => gone.addEventListener('abort', () => resolve(), { once: true }));
      let told: Generator | undefined;
      while (!gone.aborted) {
        if (told === current) await Promise.race([changed.promise, left]);
        else {
          told = current;
          yield current;
        }
      }
    },
  };
}
