import { type Failure, FailureError } from '../contract/failure.ts';
import type { RgbFrames } from '../generate/rgb-frames.ts';
import { readPack } from '../packs/read-pack.ts';
import { verifyPack } from '../packs/verify-pack.ts';
import type { Message, Port } from '../rpc/port.ts';
import { frameCredits } from './frame-credits.ts';
import { type OpenPack, openPack, type Spent } from './open-pack.ts';
import {
  encodeFrames,
  type FromRunner,
  parseMessage,
  type ShotFacts,
  type ToRunner,
  toRunnerSchema,
} from './protocol.ts';

type ShotOrder = Extract<ToRunner, { kind: 'make-shot' }>;

/** Makes shots for the engine at the other end of a port, one at a time, and keeps the last pack open. */
export function serveShots(port: Port, threads: number): void {
  let current: { readonly job: number; readonly cancel: AbortController; readonly taken: () => void } | undefined;
  const packs = keepOneOpen(threads);

  const start = async (order: ShotOrder) => {
    if (current) throw new Error(`job ${order.job} was sent before job ${current.job} had ended`);
    const cancel = new AbortController();
    const credits = frameCredits(cancel.signal);
    current = { job: order.job, cancel, taken: credits.give };
    const tell = (message: FromRunner) => port.send(JSON.stringify(message));
    const sendFrames = async (frames: RgbFrames) => {
      for (const message of encodeFrames(order.job, frames)) {
        await credits.take();
        port.send(message);
      }
    };
    const ending = await carryOut(order, { packs, tell, sendFrames, signal: cancel.signal });
    current = undefined;
    tell(ending);
  };

  port.onMessage((message: Message) => {
    if (typeof message !== 'string') throw new RangeError('the engine sends no bytes');
    const order = parseMessage(toRunnerSchema, message);
    if (order.kind === 'make-shot') void start(order);
    else if (order.job !== current?.job)
      return; // it ended while this was under way
    else if (order.kind === 'cancel') current.cancel.abort();
    else current.taken();
  });
}

interface ShotDesk {
  readonly packs: ReturnType<typeof keepOneOpen>;
  readonly tell: (message: FromRunner) => void;
  readonly sendFrames: (frames: RgbFrames) => Promise<void>;
  readonly signal: AbortSignal;
}

async function carryOut({ job, packFolder, request }: ShotOrder, desk: ShotDesk): Promise<FromRunner> {
  const from = performance.now();
  const spent: Spent = { readingSeconds: 0, samplingSeconds: 0, decodingSeconds: 0, peakMemoryBytes: 0 };
  const onActivity = (activity: Extract<FromRunner, { kind: 'progress' }>['activity']) =>
    desk.tell({ kind: 'progress', job, activity });
  try {
    onActivity({ kind: 'loading-pack' });
    const { pack, hash, loadSeconds } = await desk.packs.open(packFolder);
    desk.signal.throwIfAborted();
    const watch = { onActivity, onFrames: desk.sendFrames, signal: desk.signal };
    const reading = await pack.makeShot(request, watch, spent);
    const totalSeconds = (performance.now() - from) / 1000;
    const facts: ShotFacts = {
      reading,
      provider: pack.provider,
      packHash: hash,
      ...loadSeconds,
      ...spent,
      totalSeconds,
    };
    return { kind: 'finished', job, facts };
  } catch (error) {
    return desk.signal.aborted ? { kind: 'cancelled', job } : { kind: 'failed', job, failure: failureOf(error) };
  }
}

/** Opens packs and holds on to the last: the next shot is most often of the same one. */
function keepOneOpen(threads: number) {
  let held: { readonly folder: string; readonly hash: string; readonly pack: OpenPack } | undefined;
  return {
    open: async (folder: string) => {
      const from = performance.now();
      const pack = await readPack(folder);
      await verifyPack(folder, pack.manifest);
      if (held?.folder === folder && held.hash === pack.hash) return { ...held, loadSeconds: {} };
      const previous = held;
      held = undefined;
      await previous?.pack.release();
      held = { folder, hash: pack.hash, pack: await openPack(pack, threads) };
      return { ...held, loadSeconds: { loadSeconds: (performance.now() - from) / 1000 } };
    },
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const message = error instanceof Error ? error.message : String(error);
  // What ONNX Runtime and the C++ library under it say when there is no memory left.
  const allocation = /bad_alloc|bad allocation|Failed to allocate memory(?:.*size (?<bytes>\d+))?/.exec(message);
  if (allocation) {
    const neededBytes = Number(allocation.groups?.bytes ?? 0);
    return { code: 'out-of-memory', neededBytes, freeBytes: process.availableMemory() };
  }
  const reportId = crypto.randomUUID();
  console.error(`report ${reportId}`, error);
  return { code: 'internal', reportId };
}
