import type { PackId } from '../contract/ids.ts';
import { readLoomPack } from './loom-pack.ts';
import type { Pack } from './pack.ts';

/**
 * Every family this version runs, and how its folders are read: a family is a kind of model whose packs are fed alike.
 * Another one (`wan`, `ltx`) is a file that parses its manifest by a schema that extends `packSchema` and answers what
 * `Pack` asks, a line here, and what opens its networks under the same name in the runner.
 */
export const packFamilies = { loom: readLoomPack } as const satisfies PackFamilies;

export type PackFamilies = Readonly<Record<string, PackReader>>;

/** Makes sense of a folder and of what its `pack.json` says. Throws FailureError `pack-damaged`. */
export type PackReader<Member extends Pack = Pack> = (folder: string, packId: PackId, json: unknown) => Promise<Member>;

export type FamilyName = keyof typeof packFamilies;

type Members = { readonly [Name in FamilyName]: Awaited<ReturnType<(typeof packFamilies)[Name]>> };

/** A pack of the named family; without a name, of any that this version runs. */
export type PackOf<Name extends FamilyName = FamilyName> = {
  [Each in Name]: Members[Each] & { readonly family: Each };
}[Name];
