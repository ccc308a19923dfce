// For tests: small clips whose every frame says in black and white squares which one it is, and plans that show them.
import { join } from 'node:path';
import type { FrameTable } from '../../contract/frame-table-file.ts';
import type { PictureStream } from '../../contract/take.ts';
import { noCrop } from '../../document/film.ts';
import type { TakeId } from '../../document/ids.ts';
import { frames, type Rate } from '../../document/time.ts';
import { findFfmpeg } from '../../media/ffmpeg/find-ffmpeg.ts';
import { inputFile, runFfmpeg } from '../../media/ffmpeg/run-ffmpeg.ts';
import type { RenderPlan } from '../../render/plan.ts';
import type { PictureFile } from '../export-take.ts';

export const ffmpegPath = findFfmpeg();
const sidePx = 64;
/** The frame number's bits, least first, as 16 squares of 16 pixels. */
const drawNumber = "geq=lum='if(mod(floor(N/pow(2,floor(X/16)+4*floor(Y/16))),2),235,16)':cb=128:cr=128";

export interface NumberedClip {
  readonly rate: Rate;
  readonly frameCount: number;
  readonly path: string;
  /** What comes before the output's name: the codec and how it orders frames. */
  readonly encode: readonly string[];
  /** Filters between the numbering and the encoder, for frames that come late or not at all. */
  readonly filters?: string;
}

/** Writes a numbered clip and reads its frame times back from ffmpeg. */
export async function makeNumberedClip(clip: NumberedClip): Promise<PictureFile & { readonly frameTable: FrameTable }> {
  const { rate, frameCount, path, encode, filters } = clip;
  const source = `color=c=black:s=${sidePx}x${sidePx}:r=${rate.num}/${rate.den},format=yuv420p,${drawNumber}`;
  await runFfmpeg(ffmpegPath, [
    ...['-f', 'lavfi', '-i', filters ? `${source},${filters}` : source, '-frames:v', `${frameCount}`],
    ...['-fps_mode', 'passthrough', ...encode, '-colorspace', 'bt709', '-color_range', 'tv', path],
  ]);
  return { path, container: 'test', stream: numberedStream, frameTable: await frameTableOf(path, rate) };
}

export const numberedStream: PictureStream = {
  streamIndex: 0,
  codec: 'h264',
  pixelFormat: 'yuv420p',
  codedWidthPx: sidePx,
  codedHeightPx: sidePx,
  pixelAspect: { num: 1, den: 1 },
  rotationDegrees: 0,
  isMirrored: false,
  hasAlpha: false,
  colour: { matrix: 'bt709', range: 'limited', primaries: 'bt709', transfer: 'bt709', isGuessed: false },
  timing: 'constant',
};

export const numberedTake = 'numbered' as TakeId;

/** A plan of numbered frames: spans of one layer each, `[in, out, sourceIn]` or `[in, out]` for a gap. */
export function planOfSpans(
  rate: Rate,
  take: { readonly rate: Rate; readonly frameCount: number },
  spans: readonly (readonly [number, number] | readonly [number, number, number])[],
): RenderPlan {
  const layer = (sourceIn: number) => ({
    takeId: numberedTake,
    sourceIn: frames(sourceIn),
    framing: { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1 },
  });
  return {
    widthPx: sidePx,
    heightPx: sidePx,
    rate,
    sampleRateHz: 48000,
    length: frames(spans.at(-1)?.[1] ?? 0),
    spans: spans.map(([from, to, sourceIn]) => ({
      in: frames(from),
      out: frames(to),
      layers: sourceIn === undefined ? [] : [layer(sourceIn)],
    })),
    sounds: [],
    takes: {
      [numberedTake]: {
        id: numberedTake,
        name: 'numbered',
        origin: 'imported',
        picture: { kind: 'moving', ...take, widthPx: sidePx, heightPx: sidePx },
      },
    },
  };
}

/** The numbers that raw frames show; their samples begin with luma (or green) planes of 64×64, `frameBytes` apart. */
export function numbersOf(raw: Buffer, frameBytes: number): number[] {
  return Array.from({ length: Math.floor(raw.length / frameBytes) }, (_, frame) => {
    let number = 0;
    for (let bit = 0; bit < 16; bit++) {
      const x = (bit % 4) * 16 + 8;
      const y = Math.floor(bit / 4) * 16 + 8;
      if ((raw[frame * frameBytes + y * sidePx + x] ?? 0) > 125) number += 2 ** bit;
    }
    return number;
  });
}

/** Runs ffmpeg and answers everything it wrote to `pipe:1`. */
export async function outputOf(args: readonly string[]): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await runFfmpeg(ffmpegPath, args, { onOutput: (piece) => void pieces.push(piece) });
  return Buffer.concat(pieces);
}

/** Frame times as ffmpeg has them: of a picture, in ticks of its stream. */
async function frameTableOf(path: string, rate: Rate): Promise<FrameTable> {
  const args = ['-copyts', ...inputFile(path), '-map', '0:v:0', '-c', 'copy', '-f', 'framecrc', 'pipe:1'];
  const lines = (await outputOf(args)).toString('utf8').split('\n');
  const [num = 0, den = 1] = (/#tb 0: (\d+)\/(\d+)/.exec(lines.join('\n')) ?? []).slice(1).map(Number);
  // A line is stream, dts, pts, duration, size, checksum, and flags where the frame is no key frame.
  const packets = lines
    .filter((line) => /^0,/.test(line))
    .map((line) => line.split(',').map((field) => field.trim()))
    .map((fields) => ({ tick: Number(fields[2]), isKey: fields[6] === undefined || !/F=0x0/.test(fields[6]) }))
    .sort((a, b) => a.tick - b.tick);
  return {
    timing: 'constant',
    rate,
    frameCount: packets.length,
    timeBase: { num, den },
    ticks: Float64Array.from(packets.map(({ tick }) => tick)),
    keys: Uint8Array.from(packets.map(({ isKey }) => (isKey ? 1 : 0))),
    ffmpegOffsetTicks: 0,
    reach: 'frame',
  };
}

export const inFolder = (folder: string) => (name: string) => join(folder, name);
