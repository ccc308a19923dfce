import type { DeviceCheck, DeviceFault, DeviceName, DeviceVerdict } from '../contract/device.ts';
import { speedGraph, type TrialGraph, trialGraphs } from './device-checks.ts';
import { errorOf, tolerance } from './error-of.ts';
import { openSession } from './session.ts';

/**
 * Has a device compute what networks are made of, and holds every result against the processor's. The process may die
 * of it: `onCheck` says beforehand what comes next. A device that is right but slower than the processor is passed
 * over as well, since drivers that only imitate a GPU are right too.
 */
export async function tryDeviceHere(
  device: DeviceName,
  threads: number,
  onCheck: (check: DeviceCheck) => void,
): Promise<DeviceVerdict> {
  const passedOver = (fault: DeviceFault): DeviceVerdict => ({ kind: 'passed-over', device, fault });
  let check: DeviceCheck = 'opening';
  const begin = (next: DeviceCheck) => {
    check = next;
    onCheck(next);
  };
  begin('opening');
  try {
    for (const graph of trialGraphs()) {
      const expected = await outcome(graph, 'cpu', { threads });
      const found = await outcome(graph, device, { threads, onOpen: () => begin(graph.check) });
      const error = errorOf(found.values, expected.values);
      if (!(error <= tolerance)) return passedOver({ kind: 'wrong', during: graph.check, error });
    }
    begin('speed');
    const own = await outcome(speedGraph(), 'cpu', { threads, runs: 3 });
    const found = await outcome(speedGraph(), device, { threads, runs: 3 });
    const timesFaster = device === 'cpu' ? 1 : own.milliseconds / found.milliseconds;
    if (timesFaster < 1) return passedOver({ kind: 'slow', times: 1 / timesFaster });
    return { kind: 'trusted', device, timesFaster };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return passedOver(check === 'opening' ? { kind: 'absent', said } : { kind: 'refused', during: check, said });
  }
}

/** Runs a graph, as often as it is told, and times the last run: the first one warms up. */
async function outcome(
  { model, inputs }: TrialGraph,
  device: DeviceName,
  { threads, runs = 1, onOpen }: { readonly threads: number; readonly runs?: number; readonly onOpen?: () => void },
) {
  const names = { inputs: inputs.map(({ name }) => name), outputs: ['y'] };
  const session = await openSession(model, names, { device, threads });
  try {
    onOpen?.();
    const feeds = Object.fromEntries(inputs.map(({ name, data, shape }) => [name, { data, shape }]));
    for (let run = 1; ; run++) {
      const from = performance.now();
      const { y } = await session.run(feeds);
      if (!y) throw new Error('nothing came out');
      if (run === runs) return { values: y.data, milliseconds: performance.now() - from };
    }
  } finally {
    await session.release();
  }
}
