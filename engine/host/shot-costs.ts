import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PackId } from '../contract/ids.ts';
import type { ShotCosts } from '../generate/estimate.ts';
import { writeFileAtomically } from '../project/atomic-file.ts';

const costsSchema = z.record(
  z.string(),
  z.object({
    loadSeconds: z.number().nonnegative(),
    secondsPerKiloToken: z.number().nonnegative(),
    secondsPerMegapixel: z.number().nonnegative(),
    bytesPerToken: z.number().nonnegative(),
    fileShare: z.number().nonnegative(),
  }) satisfies z.ZodType<ShotCosts>,
);

/** What shots have cost on this machine, a pack at a time: learnt from real runs and kept from one start to the next. */
export interface ShotCostBook {
  of(packId: PackId): ShotCosts | undefined;
  learn(packId: PackId, costs: ShotCosts): Promise<void>;
}

/** Opens the book in the settings folder. One that cannot be read is begun anew: it is only experience. */
export function openShotCosts(settingsFolder: string): ShotCostBook {
  const path = join(settingsFolder, 'shot-costs.json');
  const book = new Map(Object.entries(readCosts(path)));
  return {
    of: (packId) => book.get(packId),
    learn: async (packId, costs) => {
      book.set(packId, costs);
      await writeFileAtomically(path, `${JSON.stringify(Object.fromEntries(book), undefined, 1)}\n`);
    },
  };
}

function readCosts(path: string): Record<string, ShotCosts> {
  try {
    return costsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
