import type { z } from 'zod';
import type { ShotRequest } from '../contract/take.ts';
import { type LoomManifest, loomManifestSchema } from './loom-manifest.ts';
import type { PackManifest } from './manifest.ts';

/**
 * A kind of model: packs of one family are fed alike. A family says how its manifest reads and which tasks it
 * carries out; the runner holds, under the same name, what opens its networks. Adding one (`wan`, `ltx`) is a
 * manifest schema that extends `packSchema` with its own rope, scheduler, conditioning and VAE, an entry here, and
 * that opener; nothing else asks for the family.
 */
export interface PackFamily<Manifest extends PackManifest> {
  readonly manifest: z.ZodType<Manifest>;
  /** A pack may list fewer tasks; more than these it cannot be asked for. */
  readonly serves: readonly ShotRequest['task'][];
}

const loom: PackFamily<LoomManifest> = { manifest: loomManifestSchema, serves: ['text'] };

export const packFamilies = { loom };
export type FamilyName = keyof typeof packFamilies;

export function isFamilyName(name: string): name is FamilyName {
  return Object.hasOwn(packFamilies, name);
}
