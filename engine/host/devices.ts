import type { Logger } from 'pino';
import type {
  DeviceChoice,
  DeviceFault,
  DeviceName,
  DeviceVerdict,
  ShotPlace,
  TriedDevice,
} from '../contract/device.ts';
import { devicesOf } from '../packs/devices-of.ts';
import type { Pack } from '../packs/pack.ts';
import { packHash } from '../packs/read-pack.ts';
import type { RunnerProgram } from '../runner/runner-process.ts';
import { tryDevice, tryPack } from '../runner/try-device.ts';
import { tryRunner } from '../runner/try-runner.ts';
import type { DeviceBook, TrialSubject } from './device-book.ts';

/** What this machine has to compute with, found out when it is first asked and kept until drivers or runtime change. */
export interface Devices {
  /** Every device that the runtime can drive, the one to be preferred first. Empty where no runner starts. */
  tried(): Promise<readonly TriedDevice[]>;
  /** Forgets all that was found, and tries every device again. */
  tryAgain(): Promise<readonly TriedDevice[]>;
  /** Why a pack does not run on a device; undefined where it does. */
  faultOf(pack: DevicePack, device: DeviceName): Promise<DeviceFault | undefined>;
  /**
   * Where shots of a pack run now: on the chosen device where the pack was made for it, and nowhere else then; else on
   * the first that it was made for and that is right. A pack that can only run on the processor is not kept waiting.
   */
  placeFor(pack: DevicePack): Promise<ShotPlace>;
  /** A runner died over a shot on this device: unless it is chosen, it is passed over while the engine runs. */
  distrust(device: DeviceName, how: string): void;
}

export type DevicePack = Pick<Pack, 'folder' | 'manifest'>;

export interface DeviceOptions {
  readonly program: RunnerProgram;
  readonly book: DeviceBook;
  readonly choice: () => DeviceChoice;
  readonly driverMark: () => Promise<string>;
  readonly log: Logger;
  readonly now: () => Date;
}

type Surroundings = Pick<TrialSubject, 'runtime' | 'drivers'>;

export function openDevices({ program, book, choice, driverMark, log, now }: DeviceOptions): Devices {
  const distrusted = new Map<DeviceName, string>();
  /** What was found and holds for as long as this engine lives only. */
  const passing = new Map<string, TriedDevice>();
  let round: Promise<{ readonly around: Surroundings; readonly tried: readonly TriedDevice[] }> | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  // One after the other: two drivers that start at once get in each other's way, and the processor would look slow.
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  const findOut = async (subject: TrialSubject, attempt: () => Promise<DeviceVerdict>): Promise<TriedDevice> => {
    const kept = book.find(subject);
    const known = kept && isLasting(kept) ? kept : passing.get(JSON.stringify(subject));
    if (known) return known;
    const tried = { verdict: await attempt(), foundAt: now().toISOString() };
    log.info({ subject, verdict: tried.verdict }, 'device tried');
    if (!isLasting(tried)) passing.set(JSON.stringify(subject), tried);
    else await book.keep(subject, tried).catch((error: unknown) => log.warn({ err: error }, 'device not noted'));
    return tried;
  };

  const tryAll = async () => {
    const [runner, drivers] = await Promise.all([tryRunner(program), driverMark()]);
    const around = { runtime: runner.kind === 'answers' ? runner.runtime : '', drivers };
    const tried: TriedDevice[] = [];
    for (const device of runner.kind === 'answers' ? runner.devices : []) {
      tried.push(await findOut({ device, ...around }, () => tryDevice(program, device)));
    }
    if (tried.length === 0) round = undefined; // no runner started; it may the next time
    return { around, tried };
  };
  const currentRound = () => {
    round ??= inTurn(tryAll);
    return round;
  };

  const standing = (found: TriedDevice): TriedDevice => {
    const { device, kind } = found.verdict;
    const how = choice() === device ? undefined : distrusted.get(device);
    if (how === undefined || kind === 'passed-over') return found;
    const verdict = { kind: 'passed-over', device, fault: { kind: 'crashed', during: 'shot', how } } as const;
    return { ...found, verdict };
  };

  const tried = async () => (await currentRound()).tried.map(standing);

  const faultOf = async (pack: DevicePack, device: DeviceName): Promise<DeviceFault | undefined> => {
    const { around } = await currentRound();
    const found = (await tried()).find(({ verdict }) => verdict.device === device);
    if (!found) return { kind: 'absent', said: '' };
    if (found.verdict.kind === 'passed-over') return found.verdict.fault;
    if (device === 'cpu') return undefined; // its own arithmetic is what the others are held against
    const subject = { device, ...around, packHash: packHash(pack) };
    const { verdict } = await inTurn(() => findOut(subject, () => tryPack(program, { device, pack })));
    return verdict.kind === 'passed-over' ? verdict.fault : undefined;
  };

  return {
    tried,
    tryAgain: () => {
      distrusted.clear();
      passing.clear();
      book.clear();
      round = undefined;
      return tried();
    },
    faultOf,
    placeFor: async (pack) => {
      const madeFor = devicesOf(pack.manifest);
      const chosen = choice();
      const wanted = madeFor.filter((device) => device === chosen);
      let first: ShotPlace | undefined;
      for (const device of wanted.length > 0 ? wanted : madeFor) {
        const fault = device === 'cpu' ? undefined : await faultOf(pack, device);
        if (!fault) return { kind: 'device', device };
        first ??= { kind: 'nowhere', device, fault };
      }
      return (
        first ?? { kind: 'nowhere', device: 'cpu', fault: { kind: 'refused', during: 'pack', said: 'not made for it' } }
      );
    },
    distrust: (device, how) => {
      if (device === 'cpu') return; // there is nothing else
      distrusted.set(device, how);
      log.warn({ device, how }, 'device distrusted');
    },
  };
}

/**
 * Whether a verdict holds until drivers, runtime or pack change. What is not there costs nothing to look for, and may be
 * put there; what kept silent may have been slow on a busy machine.
 */
function isLasting({ verdict }: TriedDevice): boolean {
  return verdict.kind === 'trusted' || (verdict.fault.kind !== 'absent' && verdict.fault.kind !== 'silent');
}
