import { createHash } from 'node:crypto';
import { z } from 'zod';
import { FailureError } from '../contract/failure.ts';
import { packIdSchema } from '../contract/ids.ts';
import { packIdOfFolder } from './damaged.ts';
import { type PackOf, type PackReader, packFamilies } from './families.ts';
import { packFormat } from './manifest.ts';
import type { Pack } from './pack.ts';
import { parsePackJson, readPackJson } from './pack-json.ts';

/** What must be known before the rest can be understood: that this is a pack, and whose. */
const headSchema = z.object({ format: z.literal(packFormat), id: packIdSchema, family: z.string().min(1).max(40) });

/**
 * Reads a pack folder as far as words and lists go. Throws FailureError `pack-unsupported` for a family this version
 * does not run, and `pack-damaged` when what it says makes no sense.
 */
export function readPack(folder: string): Promise<PackOf> {
  return readPackOf<PackOf>(packFamilies, folder);
}

/** The same among other families. */
export async function readPackOf<Member extends Pack>(
  families: Readonly<Record<string, PackReader<Member>>>,
  folder: string,
): Promise<Member> {
  const nameless = packIdOfFolder(folder);
  const json = await readPackJson(nameless, folder, 'pack.json');
  const { id, family } = parsePackJson(nameless, 'pack.json', headSchema, json);
  const read = Object.hasOwn(families, family) ? families[family] : undefined;
  if (!read) throw new FailureError({ code: 'pack-unsupported', packId: id, family });
  return read(folder, id, json);
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
