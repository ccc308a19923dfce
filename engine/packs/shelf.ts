import { FailureError, type Outcome } from '../contract/failure.ts';
import type { Estimate, PackSummary, PromptReading } from '../contract/generation.ts';
import type { PackId } from '../contract/ids.ts';
import type { ShotRequest } from '../contract/take.ts';
import { estimateShot, type ShotCosts } from '../generate/estimate.ts';
import { type FoundPack, findPacks, type PackCatalogue, type PackPlaces, packOf } from './catalogue.ts';
import { packBytes } from './read-pack.ts';
import { packSummary } from './summary.ts';

/** The packs of this machine, and what can be asked of them before a shot is made. */
export interface PackShelf {
  catalogue(): Promise<PackCatalogue>;
  summaries(): Promise<readonly PackSummary[]>;
  readPrompt(packId: PackId, prompt: string): Promise<Outcome<PromptReading>>;
  estimate(request: ShotRequest): Promise<Outcome<Estimate>>;
}

/**
 * `places` is asked every time: folders are looked through once, and again when there are others.
 * `costsOf` answers what earlier shots of a pack cost here, if there were any: see `learnCosts`.
 */
export function openShelf(places: () => PackPlaces, costsOf: (packId: PackId) => ShotCosts | undefined): PackShelf {
  let found: { readonly folders: string; readonly catalogue: Promise<PackCatalogue> } | undefined;
  const catalogue = () => {
    const now = places();
    const folders = JSON.stringify(now.userFolders);
    if (found?.folders !== folders) found = { folders, catalogue: findPacks(now) };
    return found.catalogue;
  };
  const ofPack = async <Value>(packId: PackId, ask: (found: FoundPack) => Value): Promise<Outcome<Value>> => {
    try {
      return { kind: 'done', value: ask(packOf(await catalogue(), packId)) };
    } catch (error) {
      if (error instanceof FailureError) return { kind: 'failed', failure: error.failure };
      throw error;
    }
  };
  return {
    catalogue,
    summaries: async () => (await catalogue()).packs.map(({ pack, isBuiltIn }) => packSummary(pack, isBuiltIn)),
    readPrompt: (packId, prompt) => ofPack(packId, ({ pack }) => pack.readPrompt(prompt)),
    estimate: (request) =>
      ofPack(request.packId, ({ pack }) =>
        estimateShot(pack.shotWork(request), packBytes(pack), costsOf(request.packId)),
      ),
  };
}
