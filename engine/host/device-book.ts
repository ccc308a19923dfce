import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DeviceName, deviceNames, type TriedDevice, triedDeviceSchema } from '../contract/device.ts';
import { writeFileAtomically } from '../project/atomic-file.ts';

/** What a verdict is about: it holds as long as all of this is the same. */
export interface TrialSubject {
  readonly device: DeviceName;
  /** The library that ran the networks, by name and version. */
  readonly runtime: string;
  /** See `driverMark`. */
  readonly drivers: string;
  /** The pack whose networks were tried; absent for the device by itself. */
  readonly packHash?: string;
}

/** What came of trying devices, kept from one start to the next. */
export interface DeviceBook {
  find(subject: TrialSubject): TriedDevice | undefined;
  /** Takes the place of what was known of this device, or of this pack on it. Throws as writing a file does. */
  keep(subject: TrialSubject, tried: TriedDevice): Promise<void>;
  /** Nothing is known any more; what is found from now on is written over what was. */
  clear(): void;
}

const entrySchema = triedDeviceSchema.extend({
  device: z.enum(deviceNames),
  runtime: z.string(),
  drivers: z.string(),
  packHash: z.string().exactOptional(),
});
const bookSchema = z.object({ version: z.literal(1), entries: z.array(entrySchema) });
type Entry = z.infer<typeof entrySchema>;

/** Opens the book in the settings folder. One that cannot be read is begun anew: devices can be tried again. */
export function openDeviceBook(settingsFolder: string): DeviceBook {
  const path = join(settingsFolder, 'devices.json');
  let entries = readEntries(path);
  let turn: Promise<unknown> = Promise.resolve();
  const write = () => writeFileAtomically(path, `${JSON.stringify({ version: 1, entries }, undefined, 1)}\n`);
  return {
    find: (subject) => {
      const { verdict, foundAt } = entries.find((entry) => isOf(entry, subject) && isAsThen(entry, subject)) ?? {};
      return verdict && foundAt !== undefined ? { verdict, foundAt } : undefined;
    },
    keep: (subject, tried) => {
      entries = [...entries.filter((entry) => !isOf(entry, subject)), { ...subject, ...tried }];
      const written = turn.then(write);
      turn = written.catch(() => {});
      return written;
    },
    clear: () => {
      entries = [];
    },
  };
}

function isOf(entry: Entry, { device, packHash }: TrialSubject): boolean {
  return entry.device === device && entry.packHash === packHash;
}

function isAsThen(entry: Entry, { runtime, drivers }: TrialSubject): boolean {
  return entry.runtime === runtime && entry.drivers === drivers;
}

function readEntries(path: string): readonly Entry[] {
  try {
    return bookSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).entries;
  } catch {
    return [];
  }
}
