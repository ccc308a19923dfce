import type { DeviceName } from '../contract/device.ts';
import type { PromptReading } from '../contract/generation.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { FloatTensor } from '../generate/loom-graphs.ts';
import type { ShotWatch } from '../generate/make-shot.ts';
import { devicesOf } from '../packs/devices-of.ts';
import type { FamilyName, PackOf } from '../packs/families.ts';
import type { Pack } from '../packs/pack.ts';
import { openLoom, openLoomNetwork } from './open-loom.ts';
import type { GraphInput, GraphSession, SessionOptions } from './session.ts';

/** Where a shot's time and memory went, counted up by the networks as they run. */
export interface Spent {
  readingSeconds: number;
  samplingSeconds: number;
  decodingSeconds: number;
  peakMemoryBytes: number;
}

/** One run of a network: what went in and what came out. Both are the caller's of the network, and may change afterwards. */
export interface NetworkRun {
  readonly network: string;
  readonly inputs: Readonly<Record<string, GraphInput>>;
  readonly outputs: Readonly<Record<string, FloatTensor>>;
}

export interface OpenOptions extends SessionOptions {
  /** Hears of every run of a network. */
  readonly onRun?: (run: NetworkRun) => void;
}

/** A pack with its networks in memory. */
export interface OpenPack {
  readonly device: DeviceName;
  makeShot(request: ShotRequest, watch: ShotWatch, spent: Spent): Promise<PromptReading>;
  release(): Promise<void>;
}

/** Opens the networks of a verified pack. Throws FailureError `pack-damaged` when one does not load. */
export function openPack<Name extends FamilyName>(pack: PackOf<Name>, options: OpenOptions): Promise<OpenPack> {
  return openers[pack.family].open(pack, options);
}

/** Opens one network of a verified pack, whatever it was made for. Throws Error for one the family does not have. */
export function openNetwork<Name extends FamilyName>(
  pack: PackOf<Name>,
  network: string,
  options: SessionOptions,
): Promise<GraphSession> {
  return openers[pack.family].openNetwork(pack, network, options);
}

/** The first of the devices that every network of a pack was made for. Throws Error where there is none. */
export function deviceFor({ manifest }: Pick<Pack, 'manifest'>, devices: readonly DeviceName[]): DeviceName {
  const found = devices.find((device) => devicesOf(manifest).includes(device));
  if (found === undefined) throw new Error(`${manifest.id} was made for none of: ${devices.join(', ')}`);
  return found;
}

const openers: {
  readonly [Name in FamilyName]: {
    readonly open: (pack: PackOf<Name>, options: OpenOptions) => Promise<OpenPack>;
    readonly openNetwork: (pack: PackOf<Name>, network: string, options: SessionOptions) => Promise<GraphSession>;
  };
} = { loom: { open: openLoom, openNetwork: openLoomNetwork } };
