import type { DeviceFault, DeviceName, DeviceVerdict } from '../contract/device.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { PackOf } from '../packs/families.ts';
import type { PackManifest } from '../packs/manifest.ts';
import { readPack } from '../packs/read-pack.ts';
import { verifyPack } from '../packs/verify-pack.ts';
import { errorOf, tolerance } from './error-of.ts';
import { type NetworkRun, openNetwork, openPack } from './open-pack.ts';
import type { GraphSession } from './session.ts';

/** A run of a network as the processor did it. */
export interface RecordedRun extends NetworkRun {
  readonly milliseconds: number;
}

/**
 * Has a device compute what a pack's own networks compute in one step of its smallest shot, and holds every result
 * against the processor's. RUNTIME asks for the first two blocks: they are among it, and a pack's graph does not say
 * where a block ends. The process may die of it; `onWork` tells of every run, and of every piece read before, so that it
 * does not seem to hang.
 */
export async function tryPackHere(
  folder: string,
  device: DeviceName,
  { threads, onWork }: { readonly threads: number; readonly onWork: () => void },
): Promise<DeviceVerdict> {
  const passedOver = (fault: DeviceFault): DeviceVerdict => ({ kind: 'passed-over', device, fault });
  try {
    const pack = await readPack(folder);
    await verifyPack(folder, pack.manifest, onWork);
    const runs = await recordSmallestShot(pack, { threads, onRun: onWork });
    const found = await holdAgainst(runs, (network) => openNetwork(pack, network, { device, threads }), onWork);
    if (!(found.error <= tolerance)) return passedOver({ kind: 'wrong', during: 'pack', error: found.error });
    if (found.timesFaster < 1) return passedOver({ kind: 'slow', times: 1 / found.timesFaster });
    return { kind: 'trusted', device, timesFaster: found.timesFaster };
  } catch (error) {
    return passedOver({
      kind: 'refused',
      during: 'pack',
      said: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Every run of a network in one step of the smallest shot that a pack makes, done by the processor. */
export async function recordSmallestShot(
  pack: PackOf,
  { threads, onRun }: { readonly threads: number; readonly onRun: () => void },
): Promise<readonly RecordedRun[]> {
  const runs: RecordedRun[] = [];
  let from = performance.now();
  const record = (run: NetworkRun) => {
    const milliseconds = performance.now() - from;
    runs.push({ ...structuredClone(run), milliseconds }); // the sampler goes on in the same buffers
    onRun();
    from = performance.now();
  };
  const opened = await openPack(pack, { device: 'cpu', threads, onRun: record });
  try {
    from = performance.now();
    const watch = { onActivity: () => {}, onFrames: async () => {}, signal: new AbortController().signal };
    const spent = { readingSeconds: 0, samplingSeconds: 0, decodingSeconds: 0, peakMemoryBytes: 0 };
    await opened.makeShot(smallestShot(pack.manifest), watch, spent);
  } finally {
    await opened.release();
  }
  return runs;
}

/**
 * Does recorded runs again elsewhere. `error`: the largest beside the largest value of its output; `timesFaster` than
 * the processor, over all runs, each network warmed up by its first.
 */
export async function holdAgainst(
  runs: readonly RecordedRun[],
  open: (network: string) => Promise<GraphSession>,
  onRun: () => void = () => {},
): Promise<{ readonly error: number; readonly timesFaster: number }> {
  let error = 0;
  let [milliseconds, expectedMilliseconds] = [0, 0];
  for (const network of new Set(runs.map((run) => run.network))) {
    const session = await open(network);
    try {
      const own = runs.filter((run) => run.network === network);
      for (const { inputs, outputs } of own) {
        const found = await session.run(inputs);
        onRun();
        for (const [name, { data }] of Object.entries(outputs)) {
          error = Math.max(error, errorOf(found[name]?.data ?? new Float32Array(), data));
        }
      }
      for (const run of own) {
        const from = performance.now();
        await session.run(run.inputs);
        onRun();
        milliseconds += performance.now() - from;
        expectedMilliseconds += run.milliseconds;
      }
    } finally {
      await session.release();
    }
  }
  return { error, timesFaster: expectedMilliseconds / milliseconds };
}

function smallestShot({ id, sizes, frames, guidance }: PackManifest): ShotRequest {
  const [size] = sizes.toSorted((a, b) => a.width * a.height - b.width * b.height);
  if (!size) throw new RangeError('the pack makes no size');
  return {
    ...{ task: 'text', prompt: '', packId: id, seed: 1, steps: 1, guidanceScale: guidance.scale },
    ...{ frameCount: frames.min, widthPx: size.width, heightPx: size.height },
  };
}
