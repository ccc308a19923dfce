import type { FrameTable } from '../../contract/frame-table-file.ts';
import type { MediaFacts, PictureStream } from '../../contract/take.ts';
import { frames, framesPerSecond } from '../../document/time.ts';
import { framesFrom, type TakeMedia } from '../decode/frames-from.ts';
import { type SizePx, toScreen } from '../decode/to-screen.ts';
import { colourMapOf } from '../decode/tone-map.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { makeFile } from '../pending-file.ts';
import { countFrames } from '../probe/count-frames.ts';
import { layUpright } from './lay-upright.ts';

/**
 * Whether the window needs a stand-in for a take's picture, and when. `must`: Chromium cannot show the file at all, or
 * not as it is. `should`: it can, but seeking would be slow; the file serves until the proxy is there.
 */
export type ProxyNeed = 'none' | 'should' | 'must';

/**
 * Measured with Chromium 156: it decodes H.264, VP8, VP9 and AV1 of 8 bits and 4:2:0 out of MP4, QuickTime, Matroska
 * and WebM; no HEVC, no more than 8 bits exactly, none of the editing codecs. A seek decodes from the key frame before:
 * 179 ms with one key frame in 2 s, 6 ms in a proxy with one in 6 frames.
 */
export function proxyNeed(media: MediaFacts, table: FrameTable): ProxyNeed {
  const { picture, container } = media;
  if (!picture) return 'none';
  const isOpened = ['mp4', 'mov', 'matroska', 'webm'].includes(container) && table.reach === 'frame';
  const isDecoded = ['h264', 'vp8', 'vp9', 'av1'].includes(picture.codec) && picture.pixelFormat === 'yuv420p';
  if (!isOpened || !isDecoded || picture.hasAlpha || colourMapOf(picture.colour)) return 'must';
  return longestGroupSeconds(table) > longGroupSeconds || isLarge(picture) ? 'should' : 'none';
}

/** A second, and what a second of 30 frames lasts at 29.97. */
const longGroupSeconds = 1.01;

export interface ProxyRun {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
  /** Share done, in [0, 1]. */
  readonly onProgress?: ((done: number) => void) | undefined;
  /** Holds the colour tables; see `colourTables`. */
  readonly tablesFolder: string;
}

/**
 * Makes the stand-in that the window scrubs: H.264 of at most 540 lines, a key frame every 6 frames, no B frames,
 * BT.709 limited, upright, square pixels, at the take's exact rate with exactly its frames: **frame n of the proxy is
 * frame n of the take**, whatever the timing of the file. Alpha is gone: the picture lies on black.
 *
 * Throws a FailureError or the signal's reason; a file under `path` is always whole.
 */
export async function makeProxy(path: string, take: TakeMedia, upright: SizePx, run: ProxyRun): Promise<void> {
  const { table, picture } = take;
  const { input, filters } = framesFrom(take, frames(0));
  const shown = toScreen(picture, proxySize(upright), 'video');
  // A damaged frame that a decoder drops at the end is replaced by the one before it: the count is a promise.
  const graph = `[0:${picture.streamIndex}]${filters},${shown},tpad=stop=-1:stop_mode=clone[proxy]`;
  await makeFile(path, async (pending) => {
    await runFfmpeg(
      run.ffmpegPath,
      [
        ...input,
        ...['-filter_complex', graph, '-map', '[proxy]', '-frames:v', String(table.frameCount)],
        ...proxyCoding,
        ...['-f', 'mp4', `file:${pending}`],
      ],
      {
        signal: run.signal,
        writesTo: path,
        folder: run.tablesFolder,
        onProgress: ({ frames: done }) => run.onProgress?.(done / table.frameCount),
      },
    );
    await layUpright(pending);
    const count = await countFrames(pending, 'mp4');
    if (count !== table.frameCount) throw new Error(`the proxy has ${count} frames instead of ${table.frameCount}`);
  });
}

/** How every proxy is coded, generated takes' too: `superfast` decodes as fast as any and halves the wait. */
export const proxyCoding: readonly string[] = [
  ...['-fps_mode', 'passthrough', '-c:v', 'libx264', '-preset', 'superfast', '-crf', '20'],
  ...['-g', '6', '-keyint_min', '6', '-sc_threshold', '0', '-bf', '0', '-pix_fmt', 'yuv420p'],
  ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ...['-map_metadata', '-1', '-movflags', '+faststart'],
];

/** The size of a proxy: the shorter side at most 540, the longer at most 1920, both even, never larger than the take. */
export function proxySize({ widthPx, heightPx }: SizePx): SizePx {
  const scale = Math.min(1, 540 / Math.min(widthPx, heightPx), 1920 / Math.max(widthPx, heightPx));
  const even = (size: number) => Math.max(2, Math.round((size * scale) / 2) * 2);
  return { widthPx: even(widthPx), heightPx: even(heightPx) };
}

function longestGroupSeconds(table: FrameTable): number {
  let longest = 0;
  let from = 0;
  for (let frame = 1; frame <= table.keys.length; frame++) {
    if (frame < table.keys.length && !table.keys[frame]) continue;
    longest = Math.max(longest, frame - from);
    from = frame;
  }
  return longest / framesPerSecond(table.rate);
}

function isLarge({ codedWidthPx, codedHeightPx }: PictureStream): boolean {
  return codedWidthPx * codedHeightPx > 1920 * 1088;
}
