import type { DeviceCheck, DeviceFault, DeviceName, DeviceVerdict } from '../contract/device.ts';
import { assertNever } from '../document/film.ts';
import type { Pack } from '../packs/pack.ts';
import { packBytes } from '../packs/read-pack.ts';
import { askRunner } from './ask-runner.ts';
import type { ToRunner } from './protocol.ts';
import type { RunnerProgram } from './runner-process.ts';

/** What is computed on trial takes a device milliseconds, one that is imitated in software some seconds each. */
const patienceMs = 60_000;

/**
 * Tries one device in a process of its own: a driver may crash or hang, and the runtime falls back on nothing by itself.
 * A process that dies, keeps silent for `limitMs` or talks nonsense is a verdict, too. Never rejects.
 */
export function tryDevice(program: RunnerProgram, device: DeviceName, limitMs = patienceMs): Promise<DeviceVerdict> {
  return askVerdict(program, { kind: 'try-device', job: 1, device }, 'opening', limitMs);
}

/** Tries a pack's own networks on a device that was found right otherwise. */
export function tryPack(
  program: RunnerProgram,
  { device, pack }: { readonly device: DeviceName; readonly pack: Pick<Pack, 'folder' | 'manifest'> },
  limitMs = packPatienceMs(packBytes(pack)),
): Promise<DeviceVerdict> {
  return askVerdict(program, { kind: 'try-pack', job: 1, device, packFolder: pack.folder }, 'pack', limitMs);
}

/**
 * The longest silence over a pack. A network that loads or runs blocks its process, which then says nothing: each weight
 * may come off a slow disk, go to the device and through the processor once in the meantime, at 25 MB a second.
 */
export function packPatienceMs(packBytes: number): number {
  return patienceMs + packBytes / 25_000;
}

async function askVerdict(
  program: RunnerProgram,
  order: Extract<ToRunner, { kind: 'try-device' | 'try-pack' }>,
  first: DeviceCheck,
  limitMs: number,
): Promise<DeviceVerdict> {
  const { device } = order;
  let during = first;
  const asked = await askRunner<DeviceVerdict>(program, {
    order,
    limitMs,
    hear: (said) => {
      if (said.kind === 'trying') during = said.check;
      return said.kind === 'trying' ? 'more' : said.kind === 'device-tried' ? said.verdict : undefined;
    },
  });
  const passedOver = (fault: DeviceFault): DeviceVerdict => ({ kind: 'passed-over', device, fault });
  switch (asked.kind) {
    case 'answered':
      return withMissingLibrary(asked.answer, asked.lines);
    case 'ended':
      return passedOver({ kind: 'crashed', during, how: asked.how });
    case 'silent':
      return passedOver({ kind: 'silent', during, seconds: Math.round(limitMs / 1000) });
    case 'nonsense':
      return passedOver({ kind: 'crashed', during, how: 'it does not speak as a runner does' });
    default:
      return assertNever(asked);
  }
}

/**
 * A device whose library is not there says so in a word; which one it is stands in the runtime's log alone, behind the
 * whole path of what asked for it: `Failed to load library …/libonnxruntime_providers_cuda.so with error: libcudnn.so.9: …`.
 */
function withMissingLibrary(verdict: DeviceVerdict, lines: readonly string[]): DeviceVerdict {
  if (verdict.kind !== 'passed-over' || verdict.fault.kind !== 'absent') return verdict;
  const named = lines.map((line) => /Failed to load library .+ with error: (?:\S*[\\/])?(.+)$/.exec(line)?.[1]);
  const reason = named.find((each) => each !== undefined);
  if (reason === undefined) return verdict;
  return { ...verdict, fault: { kind: 'absent', said: `${verdict.fault.said.trim()}\n${reason}` } };
}
