import type { DeviceName } from '../contract/device.ts';
import type { Failure } from '../contract/failure.ts';
import type { Activity } from '../contract/job.ts';
import type { ShotRequest } from '../contract/take.ts';
import { assertNever } from '../document/film.ts';
import type { RgbFrames } from '../generate/rgb-frames.ts';
import type { Message } from '../rpc/port.ts';
import {
  decodeFrames,
  type FromRunner,
  fromRunnerSchema,
  parseMessage,
  type SentFrames,
  type ShotFacts,
  type ToRunner,
} from './protocol.ts';

export interface ShotOrder {
  readonly packFolder: string;
  readonly request: ShotRequest;
  /** Devices found right on this machine, the one to be preferred first. */
  readonly devices: readonly DeviceName[];
}

export interface ShotListener {
  readonly onActivity: (activity: Activity) => void;
  /** Gets the frames in order. What it has not taken in yet is bounded: the runner waits for it. */
  readonly onFrames: (frames: RgbFrames) => Promise<void>;
  readonly signal: AbortSignal;
}

export type ShotOutcome =
  | { readonly kind: 'finished'; readonly facts: ShotFacts }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** `lost`: the runner went away, or spoke nonsense. `silent`: it did not answer a cancel in time. */
export type OrderEnd = ShotOutcome | { readonly kind: 'lost' } | { readonly kind: 'silent' };

/** The line to a runner, held by one order at a time. */
export interface RunnerLine {
  send(order: ToRunner): void;
  /** From now on this one hears what the runner says, and whether the line breaks. */
  listen(listener: LineListener): void;
}

export interface LineListener {
  onMessage(message: Message): void;
  onBreak(): void;
}

/**
 * Has a runner make a shot and hears it through to its end. An aborted signal cancels it, and so does a listener
 * that throws; what it threw is then thrown here.
 */
export async function orderShot(
  line: RunnerLine,
  { job, packFolder, request, devices }: ShotOrder & { readonly job: number },
  { onActivity, onFrames, signal }: ShotListener,
  cancelGraceMs: number,
): Promise<OrderEnd> {
  const end = Promise.withResolvers<OrderEnd>();
  let grace: NodeJS.Timeout | undefined;
  let taken: Promise<void> = Promise.resolve();

  const cancel = () => {
    if (grace) return;
    line.send({ kind: 'cancel', job });
    grace = setTimeout(() => end.resolve({ kind: 'silent' }), cancelGraceMs);
  };
  const inTurn = (work: () => Promise<void>) => {
    taken = taken.then(work);
    taken.catch(cancel);
  };
  const take = async (frames: RgbFrames) => {
    await onFrames(frames);
    line.send({ kind: 'frames-taken', job });
  };
  const tell = (activity: Activity) => {
    try {
      onActivity(activity);
    } catch (error) {
      inTurn(() => Promise.reject(error));
    }
  };
  const hear = (message: Heard) => {
    if (message.job !== job) return; // of an order that was given up
    switch (message.kind) {
      case 'progress':
        return tell(message.activity);
      case 'frames':
        return inTurn(() => take(message.frames));
      case 'finished':
        return end.resolve({ kind: 'finished', facts: message.facts });
      case 'cancelled':
        return end.resolve({ kind: 'cancelled' });
      case 'failed':
        return end.resolve({ kind: 'failed', failure: message.failure });
      case 'introduction':
      case 'trying':
      case 'device-tried':
        return; // nobody asks for one while a shot is made
      default:
        return assertNever(message);
    }
  };

  line.listen({
    onMessage: (message) => {
      const heard = heardFrom(message);
      if (heard) hear(heard);
      else end.resolve({ kind: 'lost' });
    },
    onBreak: () => end.resolve({ kind: 'lost' }),
  });
  signal.addEventListener('abort', cancel, { once: true });
  line.send({ kind: 'make-shot', job, packFolder, request, devices: [...devices] });
  try {
    const ending = await end.promise;
    await taken;
    return ending;
  } finally {
    signal.removeEventListener('abort', cancel);
    clearTimeout(grace);
  }
}

type Heard = FromRunner | ({ readonly kind: 'frames' } & SentFrames);

/** A message of the runner, or undefined for one that no runner of ours writes. */
function heardFrom(message: Message): Heard | undefined {
  try {
    if (typeof message === 'string') return parseMessage(fromRunnerSchema, message);
    return { kind: 'frames', ...decodeFrames(message) };
  } catch {
    return undefined;
  }
}
