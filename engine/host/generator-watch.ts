import type { DeviceName } from '../contract/device.ts';
import type { Generator } from '../contract/generator.ts';
import { devicesOf } from '../packs/devices-of.ts';
import type { Pack } from '../packs/pack.ts';
import type { ShotRunner } from '../runner/supervisor.ts';
import type { Devices } from './devices.ts';
import { nextWake } from './next-wake.ts';

/** Whether shots can be made: learnt from those that were asked for, and told to every window. */
export interface GeneratorWatch {
  now(): Generator;
  /** How it stands, then again at every change, until `gone`. */
  follow(gone: AbortSignal): AsyncGenerator<Generator, void, void>;
  /** A shot was made. */
  made(): void;
  /** The runner's process ended over a shot on this device. */
  died(device: DeviceName): void;
  /** A pack has nowhere to run. */
  hasNoPlace(pack: Pack, place: { readonly device: DeviceName; readonly fault: NoDevice['fault'] }): void;
  /** The editor wants it started again: crashes are forgotten. */
  startAgain(): void;
  /** Another device was chosen, or devices were tried anew: what stood in the way may not any more. */
  reconsider(): Promise<void>;
}

type NoDevice = Extract<Generator, { kind: 'no-device' }>;

export interface WatchedParts {
  readonly runner: Pick<ShotRunner, 'crashes' | 'forgetCrashes'>;
  readonly devices: Pick<Devices, 'placeFor'>;
}

export function watchGenerator({ runner, devices }: WatchedParts): GeneratorWatch {
  let current: Generator = { kind: 'ready' };
  let homeless: Pack | undefined;
  const followers = new Set<() => void>();
  const set = (next: Generator) => {
    if (JSON.stringify(next) === JSON.stringify(current)) return;
    current = next;
    for (const wake of followers) wake();
  };
  const startAgain = () => {
    runner.forgetCrashes();
    set({ kind: 'ready' });
  };
  const hasNoPlace: GeneratorWatch['hasNoPlace'] = (pack, { device, fault }) => {
    // No pack runs anywhere while it is off; which have no place is found out again by those begun after.
    if (current.kind === 'off') return;
    homeless = pack;
    const { id: packId, name: packName } = pack.manifest;
    const hasProcessor = devicesOf(pack.manifest).includes('cpu');
    set({ kind: 'no-device', packId, packName, device, fault, hasProcessor });
  };
  return {
    now: () => current,
    made: () => set({ kind: 'ready' }),
    died: (device) => {
      const { count, isTooMany } = runner.crashes();
      if (isTooMany) set({ kind: 'off', device, crashCount: count });
    },
    hasNoPlace,
    startAgain,
    reconsider: async () => {
      if (current.kind === 'off') startAgain();
      if (current.kind !== 'no-device' || !homeless) return;
      const place = await devices.placeFor(homeless);
      if (place.kind === 'device') set({ kind: 'ready' });
      else hasNoPlace(homeless, place);
    },
    async *follow(gone) {
      let told: Generator | undefined;
      while (!gone.aborted) {
        if (told === current) await nextWake(followers, gone);
        else {
          told = current;
          yield current;
        }
      }
    },
  };
}
