import type { Logger } from 'pino';
import { type DeviceName, type DeviceVerdict, deviceNames } from '../contract/device.ts';
import type { Pack } from '../packs/pack.ts';
import type { RunnerProgram } from '../runner/runner-process.ts';
import { tryDevices } from '../runner/try-devices.ts';

/** What this machine has to compute with, found out when it is first asked and kept while the engine runs. */
export interface Devices {
  verdicts(): Promise<readonly DeviceVerdict[]>;
  /**
   * The devices that a pack was made for and that were found right, the one its shots run on first; the processor at
   * last. A pack made for that alone is not kept waiting for trials.
   */
  trustedFor(pack: Pick<Pack, 'manifest'>): Promise<readonly DeviceName[]>;
  /** A runner died over a shot on this device: it is passed over from now on. */
  distrust(device: DeviceName, how: string): void;
}

/** A new driver needs a new start of the engine and is tried anew then: no verdict outlives what it was about. */
export function openDevices(program: RunnerProgram, log: Logger): Devices {
  const distrusted = new Map<DeviceName, string>();
  let tried: Promise<readonly DeviceVerdict[]> | undefined;
  const tryOnce = async () => {
    const verdicts = await tryDevices(program);
    for (const verdict of verdicts) log.info({ verdict }, 'device tried');
    if (verdicts.length === 0) tried = undefined; // no runner started; it may the next time
    return verdicts;
  };
  const verdicts = async () => {
    tried ??= tryOnce();
    return (await tried).map((verdict): DeviceVerdict => {
      const how = distrusted.get(verdict.device);
      if (how === undefined || verdict.kind === 'passed-over') return verdict;
      return { kind: 'passed-over', device: verdict.device, fault: { kind: 'crashed', during: 'shot', how } };
    });
  };
  return {
    verdicts,
    trustedFor: async ({ manifest }) => {
      const networks = Object.values(manifest.components);
      const isMadeFor = (device: DeviceName) => networks.every(({ providers }) => providers.includes(device));
      const madeFor = deviceNames.filter((device) => device !== 'cpu' && isMadeFor(device));
      if (madeFor.length === 0) return ['cpu'];
      const tried = await verdicts();
      const isTrusted = (name: DeviceName) => tried.some(({ kind, device }) => kind === 'trusted' && device === name);
      return [...madeFor.filter(isTrusted), 'cpu'];
    },
    distrust: (device, how) => {
      if (device === 'cpu') return; // there is nothing else
      distrusted.set(device, how);
      log.warn({ device, how }, 'device distrusted');
    },
  };
}
