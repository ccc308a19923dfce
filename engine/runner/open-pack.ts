import type { DeviceName } from '../contract/device.ts';
import type { PromptReading } from '../contract/generation.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { ShotWatch } from '../generate/make-shot.ts';
import type { FamilyName, PackOf } from '../packs/families.ts';
import type { Pack } from '../packs/pack.ts';
import { openLoom } from './open-loom.ts';
import type { SessionOptions } from './session.ts';

/** Where a shot's time and memory went, counted up by the networks as they run. */
export interface Spent {
  readingSeconds: number;
  samplingSeconds: number;
  decodingSeconds: number;
  peakMemoryBytes: number;
}

/** A pack with its networks in memory. */
export interface OpenPack {
  readonly device: DeviceName;
  makeShot(request: ShotRequest, watch: ShotWatch, spent: Spent): Promise<PromptReading>;
  release(): Promise<void>;
}

/** Opens the networks of a verified pack. Throws FailureError `pack-damaged` when one does not load. */
export function openPack<Name extends FamilyName>(pack: PackOf<Name>, options: SessionOptions): Promise<OpenPack> {
  return openers[pack.family](pack, options);
}

/** The first of the devices that every network of a pack was made for; the processor where there is none. */
export function deviceFor({ manifest }: Pick<Pack, 'manifest'>, devices: readonly DeviceName[]): DeviceName {
  const networks = Object.values(manifest.components);
  return devices.find((device) => networks.every(({ providers }) => providers.includes(device))) ?? 'cpu';
}

const openers: {
  readonly [Name in FamilyName]: (pack: PackOf<Name>, options: SessionOptions) => Promise<OpenPack>;
} = { loom: openLoom };
