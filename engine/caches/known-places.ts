import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../project/atomic-file.ts';

const fileSchema = z.object({ version: z.literal(1), places: z.array(z.string()) });
/** More disks than anybody pulls out and puts back. */
const keptPlaces = 20;

/** Every place where caches of this home ever lay, the newest first; none where the list cannot be read. */
export async function readPlaces(settingsFolder: string): Promise<readonly string[]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(fileIn(settingsFolder), 'utf8'))).places;
  } catch {
    return [];
  }
}

/**
 * Writes a place down, before anything is put there: whatever becomes of the engine, the next one finds and removes what
 * is left. `newest`: caches lie there from now on. One that is gone with its disk stays on the list, for the day the
 * disk is back.
 */
export async function notePlace(settingsFolder: string, place: string, rank: 'newest' | 'other'): Promise<void> {
  const known = await readPlaces(settingsFolder);
  if (rank === 'newest' ? known[0] === place : known.includes(place)) return;
  const others = known.filter((each) => each !== place);
  const places = rank === 'newest' ? [place, ...others] : [...others, place];
  const file: z.infer<typeof fileSchema> = { version: 1, places: places.slice(0, keptPlaces) };
  await writeFileAtomically(fileIn(settingsFolder), `${JSON.stringify(file, undefined, 1)}\n`);
}

function fileIn(settingsFolder: string): string {
  return join(settingsFolder, 'cache-places.json');
}
