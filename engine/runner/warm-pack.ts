import type { DeviceName } from '../contract/device.ts';
import { packHash, readPack } from '../packs/read-pack.ts';
import { verifyPack } from '../packs/verify-pack.ts';
import { deviceFor, type OpenPack, openPack } from './open-pack.ts';

/** A pack ready to make shots; `loadSeconds` where it had to be opened for this one. */
export interface WarmPack {
  readonly pack: OpenPack;
  readonly hash: string;
  readonly loadSeconds?: number;
}

/**
 * Opens verified packs and holds on to the last: the next shot is most often of the same one, and opening it took
 * most of a second. Its files are looked at each time, and hashed again when they have changed.
 */
export function keepPackWarm(threads: number) {
  let held: { readonly folder: string; readonly hash: string; readonly pack: OpenPack } | undefined;
  return async (folder: string, devices: readonly DeviceName[]): Promise<WarmPack> => {
    const from = performance.now();
    const pack = await readPack(folder);
    await verifyPack(folder, pack.manifest);
    const hash = packHash(pack);
    const device = deviceFor(pack, devices);
    if (held?.folder === folder && held.hash === hash && held.pack.device === device)
      return { pack: held.pack, hash: held.hash };
    const previous = held;
    held = undefined;
    await previous?.pack.release();
    const opened = { hash, pack: await openPack(pack, { device, threads }) };
    held = { folder, ...opened };
    return { ...opened, loadSeconds: (performance.now() - from) / 1000 };
  };
}
