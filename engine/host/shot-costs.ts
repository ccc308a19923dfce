import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DeviceName, deviceNames } from '../contract/device.ts';
import type { PackId } from '../contract/ids.ts';
import type { ShotCosts } from '../generate/estimate.ts';
import { writeFileAtomically } from '../project/atomic-file.ts';

const knownCostsSchema = z.object({
  loadSeconds: z.number().nonnegative(),
  secondsPerKiloToken: z.number().nonnegative(),
  secondsPerMegapixel: z.number().nonnegative(),
  bytesPerToken: z.number().nonnegative(),
  fileShare: z.number().nonnegative(),
  /** What they were paid on; books of before there was a choice know the processor alone. */
  device: z.enum(deviceNames).default('cpu'),
});
type KnownCosts = z.infer<typeof knownCostsSchema>;

/** What shots have cost on this machine, a pack at a time: learnt from real runs and kept from one start to the next. */
export interface ShotCostBook {
  /** What shots of a pack cost where the last one ran; undefined where none did, or it was another device than this one. */
  of(packId: PackId, device?: DeviceName): ShotCosts | undefined;
  learn(packId: PackId, device: DeviceName, costs: ShotCosts): Promise<void>;
}

/** Opens the book in the settings folder. One that cannot be read is begun anew: it is only experience. */
export function openShotCosts(settingsFolder: string): ShotCostBook {
  const path = join(settingsFolder, 'shot-costs.json');
  const book = new Map(Object.entries(readCosts(path)));
  return {
    of: (packId, device) => {
      const known = book.get(packId);
      return device === undefined || known?.device === device ? known : undefined;
    },
    learn: async (packId, device, costs) => {
      book.set(packId, { ...costs, device });
      await writeFileAtomically(path, `${JSON.stringify(Object.fromEntries(book), undefined, 1)}\n`);
    },
  };
}

function readCosts(path: string): Record<string, KnownCosts> {
  try {
    return z.record(z.string(), knownCostsSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}
