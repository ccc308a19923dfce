import { createHash } from 'node:crypto';
import { z } from 'zod';
import { packIdSchema } from '../contract/ids.ts';
import { damaged, packIdOfFolder } from './damaged.ts';
import { isFamilyName, type Pack, packFamilies } from './families.ts';
import { packFormat } from './manifest.ts';
import { parsePackJson, readPackJson } from './pack-json.ts';

/** What must be known before the rest can be understood: that this is a pack, and whose. */
const headSchema = z.object({ format: z.literal(packFormat), id: packIdSchema, family: z.string() });

/** Reads a pack folder as far as words and lists go. Throws FailureError `pack-damaged` when that makes no sense. */
export async function readPack(folder: string): Promise<Pack> {
  const nameless = packIdOfFolder(folder);
  const json = await readPackJson(nameless, folder, 'pack.json');
  const { id, family } = parsePackJson(nameless, 'pack.json', headSchema, json);
  if (!isFamilyName(family)) {
    const known = Object.keys(packFamilies).join(', ');
    throw damaged(id, 'pack.json', `this version runs packs of the family ${known}, not ${family}`);
  }
  return packFamilies[family].read(folder, id, json);
}

/**
 * Tells weights apart: the SHA-256 of `<sha256>  <path>` lines in the order of the paths, as `sha256sum` prints them.
 */
export function packHash({ manifest: { files } }: Pick<Pack, 'manifest'>): string {
  const byPath = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const lines = byPath.map(({ path, sha256 }) => `${sha256}  ${path}\n`);
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** The size of everything a pack lists. */
export function packBytes({ manifest: { files } }: Pick<Pack, 'manifest'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
