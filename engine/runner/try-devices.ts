import type { DeviceCheck, DeviceFault, DeviceName, DeviceVerdict } from '../contract/device.ts';
import { assertNever } from '../document/film.ts';
import { askRunner } from './ask-runner.ts';
import type { RunnerProgram } from './runner-process.ts';
import { tryRunner } from './try-runner.ts';

/** What is computed on trial takes a device milliseconds, one that is imitated in software some seconds each. */
const patienceMs = 60_000;

/**
 * Tries every device that the runtime can drive, the one to be preferred first, each in a process of its own: a driver
 * may crash or hang, and the runtime falls back on nothing by itself. Empty where no runner starts at all. Never rejects.
 */
export async function tryDevices(program: RunnerProgram, limitMs = patienceMs): Promise<readonly DeviceVerdict[]> {
  const runner = await tryRunner(program);
  const verdicts: DeviceVerdict[] = [];
  // One after the other: two drivers that start at once get in each other's way, and the processor would look slow.
  for (const device of runner.kind === 'answers' ? runner.devices : []) {
    verdicts.push(await tryDevice(program, device, limitMs));
  }
  return verdicts;
}

/** Tries one device. A process that dies, keeps silent for `limitMs` or talks nonsense is a verdict, too. */
export async function tryDevice(
  program: RunnerProgram,
  device: DeviceName,
  limitMs = patienceMs,
): Promise<DeviceVerdict> {
  let during: DeviceCheck = 'opening';
  const asked = await askRunner<DeviceVerdict>(program, {
    order: { kind: 'try-device', job: 1, device },
    limitMs,
    hear: (said) => {
      if (said.kind === 'trying') during = said.check;
      return said.kind === 'trying' ? 'more' : said.kind === 'device-tried' ? said.verdict : undefined;
    },
  });
  const passedOver = (fault: DeviceFault): DeviceVerdict => ({ kind: 'passed-over', device, fault });
  switch (asked.kind) {
    case 'answered':
      return asked.answer;
    case 'ended':
      return passedOver({ kind: 'crashed', during, how: asked.how });
    case 'silent':
      return passedOver({ kind: 'silent', during, seconds: limitMs / 1000 });
    case 'nonsense':
      return passedOver({ kind: 'crashed', during, how: 'it does not speak as a runner does' });
    default:
      return assertNever(asked);
  }
}
