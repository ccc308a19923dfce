import type { Settings, ToldSettings } from '../../../engine/contract/settings.ts';

/** The settings an engine would keep in a file. */
export interface StandInSettings {
  now(): Settings;
  /** Where a broken file was put, as an engine tells whoever comes after. */
  setAside: string | undefined;
  change(changes: Settings): Settings;
  follow(gone: AbortSignal): AsyncGenerator<ToldSettings>;
}

export function createStandInSettings(): StandInSettings {
  let current: Settings = {};
  const wakeUps = new Set<() => void>();
  const settings: StandInSettings = {
    now: () => current,
    setAside: undefined,
    change: (changes) => {
      current = { ...current, ...changes };
      for (const wakeUp of wakeUps) wakeUp();
      return current;
    },
    follow: async function* (gone) {
      let told: Settings | undefined;
      while (!gone.aborted) {
        if (told !== current) {
          told = current;
          const { setAside } = settings;
          yield { settings: current, ...(setAside !== undefined && { setAside }) };
          continue;
        }
        await new Promise<void>((resolve) => {
          const wakeUp = () => {
            wakeUps.delete(wakeUp);
            resolve();
          };
          wakeUps.add(wakeUp);
          gone.addEventListener('abort', wakeUp, { once: true });
        });
      }
    },
  };
  return settings;
}
