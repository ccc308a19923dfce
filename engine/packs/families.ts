import type { PackId } from '../contract/ids.ts';
import type { ShotRequest } from '../contract/take.ts';
import { type LoomPack, readLoomPack } from './loom-pack.ts';

/** A pack whose manifest and words were read; its weights were not touched yet. One member for each family. */
export type Pack = LoomPack;
export type FamilyName = Pack['family'];

/**
 * A kind of model: the packs of one family are fed alike. Another one (`wan`, `ltx`) is a manifest schema that extends
 * `packSchema` with its own rope, scheduler, conditioning and VAE, a member of `Pack`, an entry here, and what opens
 * its networks under the same name in the runner.
 */
export interface PackFamily<Member extends Pack> {
  /** Makes sense of a folder and of what its `pack.json` says. Throws FailureError `pack-damaged`. */
  read(folder: string, packId: PackId, json: unknown): Promise<Member>;
  /** What this version can ask of such packs; one may list fewer tasks, or tasks of a later day. */
  readonly serves: readonly ShotRequest['task'][];
}

export const packFamilies: { readonly [Name in FamilyName]: PackFamily<Pack & { readonly family: Name }> } = {
  loom: { read: readLoomPack, serves: ['text'] },
};

export function isFamilyName(name: string): name is FamilyName {
  return Object.hasOwn(packFamilies, name);
}
