import {
  ALL_FORMATS,
  EncodedPacketSink,
  Input,
  type InputVideoTrack,
  UrlSource,
  type VideoSample,
  VideoSampleSink,
} from 'mediabunny';
import {
  codedFrameAt,
  type FrameTable,
  keyFrameBefore,
  readFrameTable,
  secondsOfCodedFrame,
} from '../../../engine/contract/frame-table-file.ts';
import type { Frames } from '../../../engine/document/time.ts';
import type { Picture } from '../compositor/drawn-frame.ts';
import type { PictureFile } from './protocol.ts';

/** Reads pictures of one file by number. Owns the file's decoder and whatever it has decoded ahead. */
export interface PictureReader {
  /**
   * Hands out the pictures of take frames, given in rising order; each is the receiver's to close. Stops early, at
   * the next picture, when the signal is aborted; the decoder then stays where it is, so that nothing is decoded twice.
   * One read at a time. Rejects when the file cannot be read or decoded.
   */
  read(
    wanted: readonly Frames[],
    onPicture: (frame: Frames, picture: Picture) => void,
    signal: AbortSignal,
  ): Promise<void>;
  close(): Promise<void>;
}

export async function openPictures(file: PictureFile): Promise<PictureReader> {
  return file.kind === 'still' ? openStill(file.url) : MovingPictures.open(file);
}

async function openStill(url: string): Promise<PictureReader> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const blob = await response.blob();
  return {
    read: async (wanted, onPicture) => {
      for (const frame of wanted) onPicture(frame, await createImageBitmap(blob, asItIs));
    },
    close: async () => {},
  };
}

// The file's own samples: turning it upright and blending it are the compositor's.
const asItIs = { premultiplyAlpha: 'none', colorSpaceConversion: 'none', imageOrientation: 'none' } as const;

type MovingFile = Extract<PictureFile, { kind: 'moving' }>;

/** When a take frame's picture is shown, and how far off a decoded timestamp may be and still mean it. */
interface Moment {
  readonly seconds: number;
  readonly toleranceSeconds: number;
}

class MovingPictures implements PictureReader {
  readonly #input: Input;
  readonly #packets: EncodedPacketSink;
  readonly #sink: VideoSampleSink;
  readonly #momentOf: (frame: Frames) => Moment;
  readonly #keySeconds: (frame: Frames) => Promise<number>;
  #decoded: AsyncGenerator<VideoSample, void, unknown> | undefined;
  /** The last picture decoded: the next wish is often for the same one, or for one just after it. */
  #held: VideoSample | undefined;

  static async open(file: MovingFile): Promise<MovingPictures> {
    const input = new Input({
      formats: ALL_FORMATS,
      source: new UrlSource(file.url, { maxCacheSize: 16 << 20, getRetryDelay }),
    });
    try {
      // The first, as the take was described: the "primary" one would be the largest, of a file that has several.
      const [track] = await input.getVideoTracks();
      if (!track) throw new Error('there is no picture in it');
      if (!(await track.canDecode()))
        throw new Error(`${(await track.getCodec()) ?? 'its codec'} cannot be decoded here`);
      const table = file.frameTableUrl === undefined ? undefined : await fetchFrameTable(file.frameTableUrl);
      return new MovingPictures(file, input, track, table, await track.getFirstTimestamp());
    } catch (error) {
      input.dispose();
      throw error;
    }
  }

  private constructor(
    file: MovingFile,
    input: Input,
    track: InputVideoTrack,
    table: FrameTable | undefined,
    firstSeconds: number,
  ) {
    this.#input = input;
    this.#packets = new EncodedPacketSink(track);
    this.#sink = new VideoSampleSink(track, { optimizeForLatency: file.isProxy });
    this.#momentOf = table ? (frame) => momentInTable(table, frame) : momentAtRate(file, firstSeconds);
    this.#keySeconds = table
      ? async (frame) => secondsOfCodedFrame(table, keyFrameBefore(table, codedFrameAt(table, frame)))
      : async (frame) => {
          const { seconds, toleranceSeconds } = this.#momentOf(frame);
          const key = await this.#packets.getKeyPacket(seconds + toleranceSeconds, { metadataOnly: true });
          return key?.timestamp ?? firstSeconds;
        };
  }

  async read(
    wanted: readonly Frames[],
    onPicture: (frame: Frames, picture: Picture) => void,
    signal: AbortSignal,
  ): Promise<void> {
    for (const frame of wanted) {
      if (signal.aborted) return;
      const sample = await this.#decodeUpTo(frame, signal);
      if (signal.aborted) return;
      if (!sample) throw new Error('there is no picture in it');
      onPicture(frame, sample.toVideoFrame());
    }
  }

  async close(): Promise<void> {
    await this.#stop();
    this.#input.dispose();
  }

  /** The picture of a take frame; undefined when cancelled, or when there is none at all. */
  async #decodeUpTo(frame: Frames, signal: AbortSignal): Promise<VideoSample | undefined> {
    const moment = this.#momentOf(frame);
    if (await this.#mustSeek(frame, moment)) {
      await this.#stop();
      this.#decoded = this.#sink.samples(moment.seconds);
    }
    while (!isReached(this.#held, moment)) {
      const next = await this.#decoded?.next();
      if (!next || next.done) break; // past the end: the last picture is held
      if (next.value.timestamp > moment.seconds + moment.toleranceSeconds && this.#held) {
        // The file has no picture for this moment; the one before it is still shown. Start again from there next time.
        next.value.close();
        await this.#decoded?.return();
        this.#decoded = undefined;
        break;
      }
      this.#held?.close();
      this.#held = next.value;
      if (signal.aborted) return undefined;
    }
    return this.#held;
  }

  async #mustSeek(frame: Frames, moment: Moment): Promise<boolean> {
    if (isReached(this.#held, moment)) return false;
    if (!this.#held || !this.#decoded || this.#held.timestamp > moment.seconds) return true;
    // A few frames on are decoded sooner than a key frame is looked up.
    if (moment.seconds - this.#held.timestamp < 16 * moment.toleranceSeconds) return false;
    return (await this.#keySeconds(frame)) > this.#held.timestamp;
  }

  async #stop(): Promise<void> {
    await this.#decoded?.return();
    this.#decoded = undefined;
    this.#held?.close();
    this.#held = undefined;
  }
}

function isReached(sample: VideoSample | undefined, { seconds, toleranceSeconds }: Moment): boolean {
  return sample !== undefined && Math.abs(sample.timestamp - seconds) <= toleranceSeconds;
}

function momentAtRate({ rate, frameCount }: MovingFile, firstSeconds: number): (frame: Frames) => Moment {
  const frameSeconds = rate.den / rate.num;
  return (frame) => ({
    seconds: firstSeconds + Math.min(frame, frameCount - 1) * frameSeconds,
    toleranceSeconds: frameSeconds / 2,
  });
}

function momentInTable(table: FrameTable, frame: Frames): Moment {
  const coded = codedFrameAt(table, frame);
  const seconds = secondsOfCodedFrame(table, coded);
  const before = coded > 0 ? seconds - secondsOfCodedFrame(table, coded - 1) : Number.POSITIVE_INFINITY;
  const last = coded + 1 >= table.ticks.length;
  const after = last ? Number.POSITIVE_INFINITY : secondsOfCodedFrame(table, coded + 1) - seconds;
  const frameSeconds = table.rate.den / table.rate.num;
  return { seconds, toleranceSeconds: Math.min(before, after, frameSeconds) / 2 };
}

async function fetchFrameTable(url: string): Promise<FrameTable> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const table = readFrameTable(new Uint8Array(await response.arrayBuffer()));
  if (!table) throw new Error('its frame table cannot be read');
  return table;
}

/** The engine is on this machine: what it does not answer at the third time of asking, it never will. */
function getRetryDelay(previousAttempts: number): number | null {
  return previousAttempts < 3 ? 0.2 * previousAttempts : null;
}
