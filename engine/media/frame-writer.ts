import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { MediaFacts, PictureStream } from '../contract/take.ts';
import type { Rate } from '../document/time.ts';
import { cacheFilesOf, generatedKey } from './cache-files.ts';
import { ChannelClosed, channel } from './channel.ts';
import { toScreen } from './decode/to-screen.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { beginFile } from './pending-file.ts';
import { countFrames } from './probe/count-frames.ts';
import { proxyCoding, proxySize } from './view/proxy.ts';

export interface GeneratedFrames {
  readonly ffmpegPath: string;
  /** The lossless frames: `frames.mkv` in the take's folder. */
  readonly masterPath: string;
  /** The project's cache, where the proxy goes under the name of its content. */
  readonly cacheFolder: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly frameCount: number;
  readonly rate: Rate;
  readonly signal?: AbortSignal | undefined;
}

export interface FrameWriter {
  /**
   * Takes one or more whole frames, RGB of 8 bits, rows from the top, and resolves when ffmpeg has room for the next:
   * the generator waits instead of the memory. The bytes are kept for a while and must not be changed.
   * Throws what the writing failed of: a FailureError (`disk-full`, …) or the signal's reason.
   */
  write(frames: Uint8Array): Promise<void>;
  /** Call it after the last frame. Throws when not exactly the promised frames came; then nothing is left behind. */
  finish(): Promise<WrittenFrames>;
  /** Gives up and leaves nothing behind. Whoever stops before `finish` calls it; after `finish` it does nothing. */
  abandon(): Promise<void>;
}

export interface WrittenFrames {
  /** Of the master file. */
  readonly sha256: string;
  readonly bytes: number;
  readonly media: MediaFacts;
  readonly proxyPath: string;
}

/**
 * Begins to write a generated take: its lossless master (FFV1, every frame a key frame, 8-bit R'G'B' as shown on a
 * BT.709 screen) and the window's proxy, in one ffmpeg from the same frames. Both get their names when both are whole
 * and counted; cancelling, a full disk or a broken generator leave nothing behind.
 */
export async function openFrameWriter(frames: GeneratedFrames): Promise<FrameWriter> {
  const { widthPx, heightPx, frameCount, signal, ffmpegPath } = frames;
  const frameBytes = widthPx * heightPx * 3;
  const master = await beginFile(frames.masterPath);
  const proxy = await beginFile(cacheFilesOf(frames.cacheFolder, 'generated').proxy);
  const abandoned = new AbortController();
  const line = channel<Uint8Array>();
  let writtenBytes = 0;

  const running = runFfmpeg(ffmpegPath, codingArguments(frames, master.path, proxy.path), {
    input: line,
    writesTo: frames.masterPath,
    signal: signal ? AbortSignal.any([signal, abandoned.signal]) : abandoned.signal,
  });
  running.catch(() => {}); // heard by the next write, or by finish
  const discard = async () => {
    abandoned.abort();
    line.end();
    await running.catch(() => {});
    await Promise.all([master.discard(), proxy.discard()]);
  };
  const orDiscard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await discard();
      throw error;
    }
  };

  return {
    write: (bytes) =>
      orDiscard(async () => {
        signal?.throwIfAborted();
        if (bytes.length % frameBytes !== 0) throw new RangeError(`${bytes.length} bytes are no whole frames`);
        writtenBytes += bytes.length;
        if (writtenBytes > frameBytes * frameCount) throw new RangeError(`more than ${frameCount} frames`);
        try {
          await line.give(bytes);
        } catch (error) {
          if (error instanceof ChannelClosed) await running; // why ffmpeg stopped reading
          throw error;
        }
      }),
    finish: () =>
      orDiscard(async () => {
        line.end();
        await running;
        for (const [file, container] of [
          [master, 'matroska'],
          [proxy, 'mp4'],
        ] as const) {
          const count = await countFrames(file.path, container);
          if (count !== frameCount) throw new Error(`${count} frames were written instead of ${frameCount}`);
        }
        const { sha256, bytes } = await hashOf(master.path);
        const proxyPath = cacheFilesOf(frames.cacheFolder, generatedKey(sha256)).proxy;
        await proxy.commit(proxyPath);
        await master.commit();
        return { sha256, bytes, media: mediaOf(frames), proxyPath };
      }),
    abandon: discard,
  };
}

/** What a generated take's file holds, known without looking. */
function mediaOf({ widthPx, heightPx }: Pick<GeneratedFrames, 'widthPx' | 'heightPx'>): MediaFacts {
  // FFV1 keeps three planes of 8 bits; ffmpeg's decoder hands them out packed as bgr0.
  const picture: PictureStream = {
    ...{ streamIndex: 0, codec: 'ffv1', pixelFormat: 'bgr0', codedWidthPx: widthPx, codedHeightPx: heightPx },
    ...{ pixelAspect: { num: 1, den: 1 }, rotationDegrees: 0, isMirrored: false, hasAlpha: false, timing: 'constant' },
    colour: { matrix: 'rgb', range: 'full', primaries: 'bt709', transfer: 'bt709', isGuessed: false },
  };
  return { container: 'matroska', picture };
}

function codingArguments(frames: GeneratedFrames, masterPath: string, proxyPath: string): string[] {
  const { widthPx, heightPx, rate } = frames;
  const { picture } = mediaOf(frames);
  const shown = picture ? toScreen(picture, proxySize({ widthPx, heightPx }), 'video') : '';
  return [
    ...['-f', 'rawvideo', '-pixel_format', 'rgb24', '-video_size', `${widthPx}x${heightPx}`],
    ...['-framerate', `${rate.num}/${rate.den}`, '-i', 'pipe:0'],
    ...['-filter_complex', `[0:v]split[a][b];[a]format=bgr0[master];[b]${shown}[proxy]`],
    ...['-map', '[master]', '-fps_mode', 'passthrough', '-c:v', 'ffv1', '-level', '3', '-g', '1', '-slicecrc', '1'],
    ...['-color_range', 'pc', '-colorspace', 'rgb', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    ...['-f', 'matroska', `file:${masterPath}`],
    ...['-map', '[proxy]', ...proxyCoding, '-f', 'mp4', `file:${proxyPath}`],
  ];
}

async function hashOf(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(path)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
