import type { PromptReading } from '../contract/generation.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { ShotWatch } from '../generate/make-shot.ts';
import type { FamilyName, PackOf } from '../packs/families.ts';
import { openLoom } from './open-loom.ts';

/** Where a shot's time and memory went, counted up by the networks as they run. */
export interface Spent {
  readingSeconds: number;
  samplingSeconds: number;
  decodingSeconds: number;
  peakMemoryBytes: number;
}

/** A pack with its networks in memory. */
export interface OpenPack {
  readonly provider: string;
  makeShot(request: ShotRequest, watch: ShotWatch, spent: Spent): Promise<PromptReading>;
  release(): Promise<void>;
}

/** Opens the networks of a verified pack. Throws FailureError `pack-damaged` when one does not load. */
export function openPack<Name extends FamilyName>(pack: PackOf<Name>, threads: number): Promise<OpenPack> {
  return openers[pack.family](pack, threads);
}

const openers: {
  readonly [Name in FamilyName]: (pack: PackOf<Name>, threads: number) => Promise<OpenPack>;
} = { loom: openLoom };
