import type { Activity } from '../contract/job.ts';
import { assertNever } from '../document/film.ts';
import type { RgbFrames } from '../generate/rgb-frames.ts';
import type { Message, Port } from '../rpc/port.ts';
import { failureOf } from './failure-of.ts';
import { frameCredits } from './frame-credits.ts';
import type { Spent } from './open-pack.ts';
import { encodeFrames, type FromRunner, parseMessage, type ToRunner, toRunnerSchema } from './protocol.ts';
import { devicesOfRuntime, runtimeName } from './session.ts';
import { tryDeviceHere } from './try-device-here.ts';
import { tryPackHere } from './try-pack-here.ts';
import { keepPackWarm } from './warm-pack.ts';

type ShotOrder = Extract<ToRunner, { kind: 'make-shot' }>;

interface Desk {
  readonly openPack: ReturnType<typeof keepPackWarm>;
  readonly tell: (message: FromRunner) => void;
  readonly sendFrames: (frames: RgbFrames) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Makes shots for the engine at the other end of a port, one at a time, and keeps the last pack open. Closes the port
 * on an order that no engine of ours would give.
 */
export function serveShots(port: Port, threads: number): void {
  const openPack = keepPackWarm(threads);
  const tell = (message: FromRunner) => port.send(JSON.stringify(message));
  let current: { readonly job: number; cancel(): void; framesTaken(): void } | undefined;

  const make = async (order: ShotOrder) => {
    if (current) throw new Error(`job ${order.job} was ordered before job ${current.job} had ended`);
    const cancelling = new AbortController();
    const credits = frameCredits(cancelling.signal);
    current = { job: order.job, cancel: () => cancelling.abort(), framesTaken: credits.give };
    const sendFrames = async (frames: RgbFrames) => {
      for (const message of encodeFrames(order.job, frames)) {
        await credits.take();
        port.send(message);
      }
    };
    const ending = await carryOut(order, { openPack, tell, sendFrames, signal: cancelling.signal });
    current = undefined;
    tell(ending);
  };

  const obey = async (message: Message) => {
    if (typeof message !== 'string') throw new RangeError('an order came as bytes');
    const order = parseMessage(toRunnerSchema, message);
    // A job may have ended while an order about it was under way.
    const job = order.job === current?.job ? current : undefined;
    switch (order.kind) {
      case 'make-shot':
        return make(order);
      case 'cancel':
        return job?.cancel();
      case 'frames-taken':
        return job?.framesTaken();
      case 'introduce':
        return tell({
          kind: 'introduction',
          ...{ job: order.job, runtime: runtimeName, threads, devices: [...devicesOfRuntime()] },
        });
      case 'try-device': {
        const { job, device } = order;
        const verdict = await tryDeviceHere(device, threads, (check) => tell({ kind: 'trying', job, check }));
        return tell({ kind: 'device-tried', job, verdict });
      }
      case 'try-pack': {
        const { job, device, packFolder } = order;
        const onWork = nowAndThen(() => tell({ kind: 'trying', job, check: 'pack' }));
        return tell({ kind: 'device-tried', job, verdict: await tryPackHere(packFolder, device, { threads, onWork }) });
      }
      default:
        return assertNever(order);
    }
  };

  port.onMessage((message) => {
    obey(message).catch((error: unknown) => {
      console.error(error);
      port.close();
    });
  });
}

/** Tells at once and then at most every second: a pack of gigabytes is read in a hundred thousand pieces. */
function nowAndThen(tell: () => void): () => void {
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - toldAtMs < 1000) return;
    toldAtMs = performance.now();
    tell();
  };
}

async function carryOut({ job, packFolder, request, devices }: ShotOrder, desk: Desk): Promise<FromRunner> {
  const { openPack, tell, sendFrames, signal } = desk;
  const from = performance.now();
  const spent: Spent = { readingSeconds: 0, samplingSeconds: 0, decodingSeconds: 0, peakMemoryBytes: 0 };
  const onActivity = (activity: Activity) => tell({ kind: 'progress', job, activity });
  try {
    onActivity({ kind: 'loading-pack' });
    const { pack, hash, ...load } = await openPack(packFolder, devices);
    signal.throwIfAborted();
    const reading = await pack.makeShot(request, { onActivity, onFrames: sendFrames, signal }, spent);
    const totalSeconds = (performance.now() - from) / 1000;
    const facts = { reading, provider: pack.device, packHash: hash, ...load, ...spent, totalSeconds };
    return { kind: 'finished', job, facts };
  } catch (error) {
    if (signal.aborted) return { kind: 'cancelled', job };
    return { kind: 'failed', job, failure: failureOf(error, console.error) };
  }
}
