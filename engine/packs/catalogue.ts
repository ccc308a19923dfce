import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, FailureError } from '../contract/failure.ts';
import type { PackId } from '../contract/ids.ts';
import { damaged } from './damaged.ts';
import { type PackFamilies, packFamilies } from './families.ts';
import type { Pack } from './pack.ts';
import { readPackOf } from './read-pack.ts';

export interface FoundPack {
  readonly pack: Pack;
  /** It came with the app. */
  readonly isBuiltIn: boolean;
}

/** The packs of this machine, and the folders that look like one and cannot be used. */
export interface PackCatalogue {
  readonly packs: readonly FoundPack[];
  readonly refused: readonly { readonly folder: string; readonly failure: Failure }[];
}

export interface PackPlaces {
  /** Every folder in here is a pack of the app's own: `resources/models`. */
  readonly builtInFolder: string;
  /** Pack folders that the editor brought. */
  readonly userFolders: readonly string[];
  /** How to read them; all that this version runs unless told otherwise. */
  readonly families?: PackFamilies;
}

/**
 * Looks through the places where packs lie. Weights are not read, so this is quick; they are verified before the
 * first shot. The app's own come first, and of two packs with one id the first is taken.
 */
export async function findPacks({
  builtInFolder,
  userFolders,
  families = packFamilies,
}: PackPlaces): Promise<PackCatalogue> {
  const builtIn = await foldersIn(builtInFolder);
  const packs = new Map<PackId, FoundPack>();
  const refused: { folder: string; failure: Failure }[] = [];
  for (const folder of [...builtIn, ...userFolders]) {
    try {
      const pack = await readPackOf(families, folder);
      const { id } = pack.manifest;
      if (packs.has(id)) throw damaged(id, 'pack.json', 'another pack has this id');
      packs.set(id, { pack, isBuiltIn: builtIn.includes(folder) });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      refused.push({ folder, failure: error.failure });
    }
  }
  return { packs: [...packs.values()], refused };
}

/** The pack of an id. Throws a FailureError: why it was refused, or `pack-missing` when there is none. */
export function packOf({ packs, refused }: PackCatalogue, packId: PackId): FoundPack {
  const found = packs.find(({ pack }) => pack.manifest.id === packId);
  if (found) return found;
  const reasons = refused.map(({ failure }) => failure);
  const reason = reasons.find((failure) => 'packId' in failure && failure.packId === packId);
  throw new FailureError(reason ?? { code: 'pack-missing', packId });
}

async function foldersIn(parent: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(parent, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(parent, entry.name))
      .sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
