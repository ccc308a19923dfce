import type { Filmstrip } from '../../contract/library.ts';
import { frames } from '../../document/time.ts';
import { decoderArguments, framesFrom, type TakeMedia } from '../decode/frames-from.ts';
import { type SizePx, toScreen } from '../decode/to-screen.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { beginFile, type PendingFile } from '../pending-file.ts';
import { chosenPackets, tileSeconds } from './chosen-packets.ts';
import type { ProxyRun } from './proxy.ts';
import { codedTiles, columns, evenFrames, keyFrames, tileSize } from './tiles.ts';

/** A filmstrip before the window was granted its file. */
export type Strip = Omit<Filmstrip, 'media'>;

/**
 * Draws the filmstrip of a take, and its poster where one is wanted, in one run of ffmpeg: a JPEG sheet of small
 * tiles, the first and the last frame of the take among them, and the whole of the first frame.
 *
 * Of a short take every tile is exactly where it should be, and the whole take is decoded. Of a long one only key
 * frames are, taken out of the file by its demuxer, and the last group for the last frame: 2 s instead of the 50 that
 * decoding an hour's key frames takes. What no demuxer here can take apart is sought in a dozen places.
 */
export async function drawStrip(
  take: TakeMedia,
  upright: SizePx,
  files: { readonly strip: string; readonly poster?: string },
  run: StripRun,
): Promise<Strip> {
  const strip = await beginFile(files.strip);
  const poster = files.poster === undefined ? undefined : await beginFile(files.poster);
  try {
    const drawn = await drawPending(take, upright, { strip, poster }, run);
    await poster?.commit();
    await strip.commit();
    return drawn;
  } finally {
    await strip.discard();
    await poster?.discard();
  }
}

/**
 * Draws the strip of a take from its proxy. Where that has a key frame for every tile nothing else is decoded, at a
 * third of the cost: no tile is then more than three frames beside its place.
 */
export function drawStripOfProxy(
  proxy: TakeMedia,
  upright: SizePx,
  files: { readonly strip: string },
  run: StripRun,
): Promise<Strip> {
  const isKeyed = keyFrames(proxy.table).length === evenFrames(proxy.table.frameCount).length;
  return drawStrip(proxy, upright, files, isKeyed ? { ...run, wholeUpToPixels: 0 } : run);
}

export interface StripRun extends ProxyRun {
  /** Pixels in all of the longest take that is decoded whole. */
  readonly wholeUpToPixels?: number;
}

/** Ten seconds of 1080p at 30 frames a second: they decode in about the time that anything else takes. */
const wholeUpToPixels = 300 * 1920 * 1080;

interface Pending {
  readonly strip: PendingFile;
  readonly poster: PendingFile | undefined;
}

async function drawPending(take: TakeMedia, upright: SizePx, files: Pending, run: StripRun): Promise<Strip> {
  const tiles = await tilesOf(take, run.wholeUpToPixels ?? wholeUpToPixels);
  await render(tiles, take, upright, files, run);
  const { widthPx, heightPx } = tileSize(upright);
  const tileCount = tiles.frames.length;
  return {
    ...{ columns: Math.min(columns, tileCount), tileCount, tileWidthPx: widthPx, tileHeightPx: heightPx },
    tileFrames: [...tiles.frames],
  };
}

/** The frames of a take to show, and how ffmpeg comes by them, in that order. */
interface Tiles {
  readonly frames: readonly number[];
  readonly input: readonly string[];
  readonly graph: string;
  /** What `pipe:0` among the inputs is fed with. */
  readonly packets?: AsyncIterable<Uint8Array>;
}

async function tilesOf(take: TakeMedia, wholeUpTo: number): Promise<Tiles> {
  const { path, picture, table } = take;
  const pixels = table.frameCount * picture.codedWidthPx * picture.codedHeightPx;
  if (pixels <= wholeUpTo) return countedTiles(take);
  const keyed = keyFrames(table);
  const packets = await chosenPackets(path, picture.streamIndex, table, codedTiles(table, keyed));
  return packets ? chosenTiles(take, keyed, packets) : soughtTiles(take);
}

function countedTiles(take: TakeMedia): Tiles {
  const { frameCount } = take.table;
  const shown = evenFrames(frameCount);
  const { input, filters } = framesFrom(take, frames(0));
  // The last frame of all may be one that a decoder drops: it is then the one before it.
  const whole = `tpad=stop=-1:stop_mode=clone,trim=end_frame=${frameCount}`;
  const wanted = `select=${shown.map((frame) => `eq(n\\,${frame})`).join('+')}`;
  return { frames: shown, input, graph: `[0:${take.picture.streamIndex}]${filters},${whole},${wanted}` };
}

function chosenTiles({ picture }: TakeMedia, keyed: readonly number[], packets: AsyncIterable<Uint8Array>): Tiles {
  const piped = ['-protocol_whitelist', 'file,pipe', '-f', 'matroska', '-i', 'pipe:0'];
  const onTime = `select=lt(mod(t+0.0005\\,${tileSeconds})\\,0.001)`;
  return {
    frames: keyed,
    input: [...decoderArguments(picture), ...piped],
    graph: `[0:v]${onTime},fps=1/${tileSeconds}:start_time=0,tpad=stop=-1:stop_mode=clone`,
    packets,
  };
}

const soughtCount = 12;

function soughtTiles(take: TakeMedia): Tiles {
  const shown = evenFrames(take.table.frameCount, soughtCount);
  const sought = shown.map((frame) => framesFrom(take, frames(frame)));
  const one = ({ filters }: { filters: string }, index: number) =>
    `[${index}:${take.picture.streamIndex}]${filters},trim=end_frame=1,setpts=0,settb=1/1000[tile${index}]`;
  const joined = `${shown.map((_, index) => `[tile${index}]`).join('')}concat=n=${shown.length}`;
  return {
    frames: shown,
    input: sought.flatMap((each) => ['-threads', '1', ...each.input]),
    graph: [...sought.map(one), joined].join(';'),
  };
}

async function render(
  { frames: { length: tileCount }, input, graph: source, packets }: Tiles,
  { picture }: TakeMedia,
  upright: SizePx,
  files: Pending,
  run: ProxyRun,
): Promise<void> {
  const sheet = `tile=${Math.min(columns, tileCount)}x${Math.ceil(tileCount / columns)}:nb_frames=${tileCount}`;
  const graph = [
    files.poster ? `${source},split[forStrip][forPoster]` : `${source}[forStrip]`,
    `[forStrip]${toScreen(picture, tileSize(upright), 'jpeg')},${sheet}[strip]`,
    ...(files.poster ? [`[forPoster]trim=end_frame=1,${toScreen(picture, posterSize(upright), 'jpeg')}[poster]`] : []),
  ].join(';');
  const jpeg = (label: string, file: PendingFile) => [
    ...['-map', `[${label}]`, '-frames:v', '1', '-fps_mode', 'passthrough', '-c:v', 'mjpeg', '-q:v', '3'],
    ...['-f', 'mjpeg', `file:${file.path}`],
  ];
  await runFfmpeg(
    run.ffmpegPath,
    [
      ...[...input, '-filter_complex', graph, ...jpeg('strip', files.strip)],
      ...(files.poster ? jpeg('poster', files.poster) : []),
    ],
    {
      signal: run.signal,
      folder: run.tablesFolder,
      writesTo: files.strip.path,
      ...(packets ? { input: packets } : {}),
    },
  );
}

/** A poster fills a viewer while the take is being read: at most 1280 across and down. */
export function posterSize({ widthPx, heightPx }: SizePx): SizePx {
  const scale = Math.min(1, 1280 / Math.max(widthPx, heightPx));
  return { widthPx: Math.max(1, Math.round(widthPx * scale)), heightPx: Math.max(1, Math.round(heightPx * scale)) };
}
