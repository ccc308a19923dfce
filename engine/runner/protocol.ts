import { z } from 'zod';
import { deviceCheckSchema, deviceNames, deviceVerdictSchema } from '../contract/device.ts';
import { failureSchema } from '../contract/failure.ts';
import { promptReadingSchema } from '../contract/generation.ts';
import { activitySchema } from '../contract/job.ts';
import { shotRequestSchema } from '../contract/take.ts';
import type { RgbFrames } from '../generate/rgb-frames.ts';
import type { Message } from '../rpc/port.ts';

// What engine and runner say to each other. Text messages are JSON, parsed by these schemas on arrival; frames are
// binary messages, each with the header below, and no more of them under way than `framesInFlight`.

const job = z.number().int().positive().max(0xffffffff);

export const toRunnerSchema = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('make-shot'), job, packFolder: z.string(), request: shotRequestSchema },
    /** Devices found right, the one to be preferred first; without a `cpu` among them a pack may find none. */
    devices: z.array(z.enum(deviceNames)),
  }),
  z.object({ kind: z.literal('cancel'), job }),
  /** One message of frames was taken in: another may be sent. */
  z.object({ kind: z.literal('frames-taken'), job }),
  /** What do you compute with? For a machine that is looked over: no pack is needed. */
  z.object({ kind: z.literal('introduce'), job }),
  /** Compute what networks are made of on this device and say how right it was. It may crash: use a runner for nothing else. */
  z.object({ kind: z.literal('try-device'), job, device: z.enum(deviceNames) }),
  /** The same with the networks of a pack, once the device itself was found right. */
  z.object({ kind: z.literal('try-pack'), job, device: z.enum(deviceNames), packFolder: z.string() }),
]);
export type ToRunner = z.infer<typeof toRunnerSchema>;

const seconds = z.number().nonnegative();

/** What a finished shot cost and how its prompt was read. */
export const shotFactsSchema = z.object({
  reading: promptReadingSchema,
  provider: z.string(),
  packHash: z.string(),
  /** Time inside the networks, and all of it; opening them took `loadSeconds` where they were not open already. */
  loadSeconds: seconds.exactOptional(),
  readingSeconds: seconds,
  samplingSeconds: seconds,
  decodingSeconds: seconds,
  totalSeconds: seconds,
  /** Largest memory of the runner seen between two runs of a network. */
  peakMemoryBytes: z.number(),
});
export type ShotFacts = z.infer<typeof shotFactsSchema>;

const introductionSchema = z.object({
  runtime: z.string(),
  threads: z.number().int(),
  /** Those the library was built for; whether one is there and right is to be tried. */
  devices: z.array(z.enum(deviceNames)),
});
/** What a runner computes with: the library that runs networks, on how many threads, and where it might. */
export type RunnerIntroduction = z.infer<typeof introductionSchema>;

export const fromRunnerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), job, activity: activitySchema }),
  z.object({ kind: z.literal('finished'), job, facts: shotFactsSchema }),
  z.object({ kind: z.literal('cancelled'), job }),
  z.object({ kind: z.literal('failed'), job, failure: failureSchema }),
  introductionSchema.extend({ kind: z.literal('introduction'), job }),
  /** What is computed on trial from now on. */
  z.object({ kind: z.literal('trying'), job, check: deviceCheckSchema }),
  z.object({ kind: z.literal('device-tried'), job, verdict: deviceVerdictSchema }),
]);
export type FromRunner = z.infer<typeof fromRunnerSchema>;

/** Throws ZodError or SyntaxError for anything the other side would not write. */
export function parseMessage<Value>(schema: z.ZodType<Value>, text: string): Value {
  return schema.parse(JSON.parse(text));
}

/** Messages of frames between the networks and the writer: one being written and one to follow, 8 MiB at most each. */
export const framesInFlight = 2;
const largestFrameMessageBytes = 8 * 1024 * 1024;

/** Job, first frame and count of frames, 32-bit little-endian each; then the pixels. */
const headerBytes = 12;

/** Frames as messages of a bearable size, each of one frame at least. */
export function* encodeFrames(ofJob: number, { firstFrame, frameCount, pixels }: RgbFrames): Generator<Message> {
  const frameBytes = pixels.length / frameCount;
  const most = Math.max(1, Math.floor(largestFrameMessageBytes / frameBytes));
  for (let from = 0; from < frameCount; from += most) {
    const count = Math.min(most, frameCount - from);
    const message = new Uint8Array(headerBytes + count * frameBytes);
    const header = new DataView(message.buffer);
    for (const [at, value] of [ofJob, firstFrame + from, count].entries()) header.setUint32(at * 4, value, true);
    message.set(pixels.subarray(from * frameBytes, (from + count) * frameBytes), headerBytes);
    yield message;
  }
}

export interface SentFrames {
  readonly job: number;
  readonly frames: RgbFrames;
}

/** Throws RangeError for bytes without a header. */
export function decodeFrames(message: Uint8Array<ArrayBuffer>): SentFrames {
  if (message.length < headerBytes) throw new RangeError(`${message.length} bytes are no frames`);
  const header = new DataView(message.buffer, message.byteOffset, headerBytes);
  const [ofJob, firstFrame, frameCount] = [0, 4, 8].map((at) => header.getUint32(at, true));
  if (!ofJob || firstFrame === undefined || !frameCount) throw new RangeError('a message of no frames');
  return { job: ofJob, frames: { firstFrame, frameCount, pixels: message.subarray(headerBytes) } };
}
