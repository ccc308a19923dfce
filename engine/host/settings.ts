import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Settings, settingsSchema, type ToldSettings } from '../contract/settings.ts';
import { asFileFailure, errorCode, writeFileAtomically } from '../project/atomic-file.ts';
import { nextWake } from './next-wake.ts';

/** The settings of this machine's user: one file, read at the start and written whole at every change. */
export interface SettingsKeeper {
  now(): Settings;
  /** The settings as they are, then again at every change, until `gone`. */
  follow(gone: AbortSignal): AsyncGenerator<ToldSettings, void, void>;
  /** Sets what is given and leaves the rest. Throws a FailureError `disk-full` or `not-writable`; nothing changes then. */
  change(changes: Settings): Promise<Settings>;
}

const fileSchema = settingsSchema.extend({ version: z.literal(1) });

/**
 * Reads `settings.json` in a folder. One that cannot be understood, by hand or by another version, is set aside under
 * a name that says when, and told of: starting from nothing is better than not starting. Throws a FailureError where the
 * folder can be neither found nor made.
 */
export function openSettings(folder: string, now: () => Date = () => new Date()): SettingsKeeper {
  const path = join(folder, 'settings.json');
  makeFolder(folder);
  let current: Settings = {};
  let setAside: string | undefined;
  try {
    current = readSettings(path) ?? {};
  } catch {
    setAside = join(folder, `settings.broken-${now().toISOString().replaceAll(/[:.]/g, '-')}.json`);
    tryRename(path, setAside);
  }
  const followers = new Set<() => void>();
  let turn: Promise<unknown> = Promise.resolve();

  const change = async (changes: Settings): Promise<Settings> => {
    // Another engine of this home may have written since.
    const changed = { ...(onDisk(path) ?? current), ...changes };
    await writeFileAtomically(path, `${JSON.stringify({ version: 1, ...changed }, undefined, 1)}\n`);
    current = changed;
    for (const wake of followers) wake();
    return current;
  };

  return {
    now: () => current,
    change: (changes) => {
      const changed = turn.then(() => change(changes));
      turn = changed.catch(() => {});
      return changed;
    },
    async *follow(gone) {
      let told: Settings | undefined;
      while (!gone.aborted) {
        if (told === current) await nextWake(followers, gone);
        else {
          told = current;
          yield { settings: current, ...(setAside !== undefined && { setAside }) };
        }
      }
    },
  };
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw asFileFailure(error, path);
  }
}

/** The settings in a file; undefined where there is none. Throws where they cannot be understood. */
function readSettings(path: string): Settings | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const { version: _, ...settings } = fileSchema.parse(JSON.parse(text));
  return settings;
}

function onDisk(path: string): Settings | undefined {
  try {
    return readSettings(path);
  } catch {
    return undefined;
  }
}

/** A folder that cannot be written keeps the file where it is: it is read again, and told of again, at the next start. */
function tryRename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {}
}
