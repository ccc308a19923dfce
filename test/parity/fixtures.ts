import { join } from 'node:path';
import type { MediaId } from '../../engine/contract/ids.ts';
import type { Colour, PictureStream } from '../../engine/contract/take.ts';
import { type Framing, noCrop, type TakeFacts } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { frames, type Rate } from '../../engine/document/time.ts';
import type { ExportTake } from '../../engine/export/export-take.ts';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import { runFfmpeg } from '../../engine/media/ffmpeg/run-ffmpeg.ts';
import type { RenderPlan } from '../../engine/render/plan.ts';
import type { PictureFile } from '../../renderer/playback/pictures/protocol.ts';
import type { PlayableTake } from '../../renderer/playback/player.ts';

export const ffmpegPath = findFfmpeg();
const rate: Rate = { num: 24, den: 1 };
const frameCount = 24;

/** One take for both sides: what the exporter opens, what the window reads, what the plan says of it. */
export interface Source {
  readonly id: TakeId;
  readonly facts: TakeFacts;
  readonly exported: ExportTake;
  readonly playable: PlayableTake;
  readonly file: PictureFile;
}

export const fixtureNames = [
  'a 709 picture that fills the frame',
  'a 601 picture cropped, reduced three times and placed',
  'half a generated shot over a picture, and a quarter of it over a gap',
  'full-range pictures on their side, one of them five times the frame',
  'a picture upside down and mirrored, with a crop',
  'ten bits',
  'a still with holes in it over a picture, and alone',
] as const;

export interface Fixture {
  readonly name: (typeof fixtureNames)[number];
  readonly plan: RenderPlan;
  readonly sources: readonly Source[];
  /** The frames compared. */
  readonly compared: readonly number[];
}

/** Makes the fixtures' media in a folder. */
export async function makeFixtures(folder: string): Promise<readonly Fixture[]> {
  const phone = await h264Source(folder, 'phone', { widthPx: 480, heightPx: 270, matrix: 'bt601', range: 'full' });
  const deep = await h264Source(folder, 'deep', { widthPx: 640, heightPx: 360, matrix: 'bt709', bitDepth: 10 });
  const hd = await h264Source(folder, 'hd', { widthPx: 640, heightPx: 360, matrix: 'bt709' });
  const sd = await h264Source(folder, 'sd', { widthPx: 960, heightPx: 720, matrix: 'bt601' });
  const logo = await stillSource(folder, 'logo', { widthPx: 300, heightPx: 200 });
  const generated = await rgbSource(folder, 'generated', { widthPx: 256, heightPx: 160 });
  const size = { widthPx: 640, heightPx: 360 };
  const crop = { leftPx: 33, topPx: 21, rightPx: 60, bottomPx: 45 };
  return [
    {
      name: 'a 709 picture that fills the frame',
      plan: planOf(size, [{ in: 0, out: 24, layers: [[hd, {}, 0]] }]),
      sources: [hd],
      compared: [0, 11, 23],
    },
    {
      name: 'a 601 picture cropped, reduced three times and placed',
      plan: planOf(size, [{ in: 0, out: 24, layers: [[sd, { scale: 1 / 3, xPx: 120.4, yPx: -31, crop }, 0]] }]),
      sources: [sd],
      compared: [0, 12, 23],
    },
    {
      name: 'half a generated shot over a picture, and a quarter of it over a gap',
      plan: planOf(size, [
        {
          in: 0,
          out: 10,
          layers: [
            [hd, {}, 3],
            [generated, { scale: 1.7, xPx: -50, opacity: 0.5 }, 0],
          ],
        },
        { in: 10, out: 14, layers: [] },
        { in: 14, out: 24, layers: [[generated, { scale: 2.5, yPx: 20, opacity: 0.25 }, 14]] },
      ]),
      sources: [hd, generated],
      compared: [4, 12, 20],
    },
    {
      name: 'full-range pictures on their side, one of them five times the frame',
      plan: planOf(size, [
        { in: 0, out: 12, layers: [[turned(phone, 90, false), { scale: 0.9, xPx: -77 }, 2]] },
        { in: 12, out: 24, layers: [[turned(phone, 90, false), { scale: 5.3, xPx: 400, yPx: -333 }, 0]] },
      ]),
      sources: [turned(phone, 90, false)],
      compared: [0, 11, 20],
    },
    {
      name: 'a picture upside down and mirrored, with a crop',
      plan: planOf(size, [{ in: 0, out: 24, layers: [[turned(phone, 180, true), { scale: 1.25, crop }, 0]] }]),
      sources: [turned(phone, 180, true)],
      compared: [0, 11, 23],
    },
    {
      name: 'ten bits',
      plan: planOf(size, [{ in: 0, out: 24, layers: [[deep, {}, 0]] }]),
      sources: [deep],
      compared: [0, 11, 23],
    },
    {
      name: 'a still with holes in it over a picture, and alone',
      plan: planOf(size, [
        {
          in: 0,
          out: 12,
          layers: [
            [hd, {}, 0],
            [logo, { scale: 0.77, xPx: 33, opacity: 0.8 }, 0],
          ],
        },
        { in: 12, out: 24, layers: [[logo, { scale: 1.6 }, 500]] },
      ]),
      sources: [hd, logo],
      compared: [0, 11, 23],
    },
  ];
}

interface PlannedSpan {
  readonly in: number;
  readonly out: number;
  readonly layers: readonly (readonly [Source, Partial<Framing>, number])[];
}

export function planOf(size: { widthPx: number; heightPx: number }, spans: readonly PlannedSpan[]): RenderPlan {
  const sources = spans.flatMap((span) => span.layers.map(([source]) => source));
  return {
    ...size,
    rate,
    sampleRateHz: 48000,
    length: frames(spans.at(-1)?.out ?? 0),
    spans: spans.map((span) => ({
      in: frames(span.in),
      out: frames(span.out),
      layers: span.layers.map(([source, framing, sourceIn]) => ({
        takeId: source.id,
        sourceIn: frames(sourceIn),
        framing: { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1, ...framing },
      })),
    })),
    sounds: [],
    takes: Object.fromEntries(sources.map((source) => [source.id, source.facts])),
  };
}

interface SourceSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

// Hard edges, saturated colours, motion and grain: what shows a wrong matrix, siting, filter or frame.
const drawing = ({ widthPx, heightPx }: SourceSize) =>
  `testsrc2=s=${widthPx}x${heightPx}:r=24,noise=alls=24:allf=t+u:all_seed=7`;

interface H264Kind extends SourceSize {
  readonly matrix: 'bt709' | 'bt601';
  readonly range?: 'limited' | 'full';
  readonly bitDepth?: 8 | 10;
  /** Instead of hard edges and grain. */
  readonly drawing?: string;
}

/** An H.264 file, tagged with the matrix and range it was made with. */
export async function h264Source(folder: string, name: string, kind: H264Kind): Promise<Source> {
  const { matrix, range = 'limited', bitDepth = 8, widthPx, heightPx } = kind;
  const size = { widthPx, heightPx };
  const path = join(folder, `${name}.mp4`);
  const tag = { bt709: 'bt709', bt601: 'smpte170m' }[matrix];
  const pixelFormat = bitDepth === 10 ? 'yuv420p10le' : 'yuv420p';
  const converted = `scale=out_color_matrix=${matrix}:out_range=${range},format=${pixelFormat}`;
  await runFfmpeg(ffmpegPath, [
    ...['-f', 'lavfi', '-i', `${kind.drawing ?? drawing(size)},${converted}`, '-frames:v', `${frameCount}`],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-bf', '2', '-pix_fmt', pixelFormat],
    ...['-colorspace', tag, '-color_primaries', tag, '-color_trc', tag],
    ...['-color_range', range === 'full' ? 'pc' : 'tv', path],
  ]);
  const stream = streamOf(size, 'h264', pixelFormat, { ...colour, matrix, range });
  const media = `${name}.mp4` as MediaId;
  return {
    ...sourceOf(name, size, path, stream),
    playable: { picture: { source: { kind: 'original', media, mime: 'video/mp4' }, stream } },
    file: { kind: 'moving', url: `/media/${name}.mp4`, rate, frameCount, isProxy: false },
  };
}

/** The same file, said to lie on its side or to be mirrored, as a phone says. */
function turned(source: Source, rotationDegrees: 90 | 180, isMirrored: boolean): Source {
  const { exported, playable, facts } = source;
  const picture = facts.picture;
  if (exported.kind !== 'ready' || !exported.picture || !playable.picture || picture?.kind !== 'moving') return source;
  const stream = { ...exported.picture.stream, rotationDegrees, isMirrored };
  const upright = rotationDegrees === 90 ? { widthPx: picture.heightPx, heightPx: picture.widthPx } : picture;
  return {
    ...source,
    facts: { ...facts, picture: { ...picture, widthPx: upright.widthPx, heightPx: upright.heightPx } },
    exported: { ...exported, picture: { ...exported.picture, stream } },
    playable: { picture: { ...playable.picture, stream } },
  };
}

/** Lossless RGB, as generated takes are kept; its frames lie beside it as PNG, since no browser decodes FFV1. */
export async function rgbSource(folder: string, name: string, size: SourceSize): Promise<Source> {
  const path = join(folder, `${name}.mkv`);
  const lossless = ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-pix_fmt', 'gbrp'];
  const drawn = ['-f', 'lavfi', '-i', `${drawing(size)},hue=h=90`, '-frames:v', `${frameCount}`];
  await runFfmpeg(ffmpegPath, [...drawn, ...lossless, path]);
  await runFfmpeg(ffmpegPath, ['-i', path, '-start_number', '0', join(folder, `${name}-%d.png`)]);
  const stream = streamOf(size, 'ffv1', 'gbrp', { ...colour, matrix: 'rgb', range: 'full' });
  const media = name as MediaId;
  return {
    ...sourceOf(name, size, path, stream),
    playable: { picture: { source: { kind: 'still', media }, stream } },
    file: { kind: 'still', url: `/media/${name}-frame.png` },
  };
}

/** A PNG whose middle can be seen through, in steps. */
async function stillSource(folder: string, name: string, size: SourceSize): Promise<Source> {
  const path = join(folder, `${name}.png`);
  const { widthPx, heightPx } = size;
  const holes = "geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='if(lt(abs(X-W/2),W/4),mod(X,6)*51,255)'";
  const drawn = `testsrc2=s=${widthPx}x${heightPx}:r=1,format=rgba,${holes}`;
  await runFfmpeg(ffmpegPath, ['-f', 'lavfi', '-i', drawn, '-frames:v', '1', path]);
  const rgb: Colour = { ...colour, matrix: 'rgb', range: 'full' };
  const stream: PictureStream = { ...streamOf(size, 'png', 'rgba', rgb), hasAlpha: true, timing: 'still' };
  const id = name as TakeId;
  return {
    id,
    facts: { id, name, origin: 'imported', picture: { kind: 'still', ...size } },
    exported: { kind: 'ready', picture: { path, container: 'png_pipe', stream } },
    playable: { picture: { source: { kind: 'still', media: `${name}.png` as MediaId }, stream } },
    file: { kind: 'still', url: `/media/${name}.png` },
  };
}

const colour: Colour = { matrix: 'bt709', range: 'limited', primaries: 'bt709', transfer: 'bt709', isGuessed: false };

function streamOf(
  { widthPx, heightPx }: SourceSize,
  codec: string,
  pixelFormat: string,
  colour: Colour,
): PictureStream {
  return {
    ...{ streamIndex: 0, codec, pixelFormat, codedWidthPx: widthPx, codedHeightPx: heightPx },
    ...{ pixelAspect: { num: 1, den: 1 }, rotationDegrees: 0, isMirrored: false, hasAlpha: false },
    ...{ colour, timing: 'constant' },
  };
}

function sourceOf(name: string, size: SourceSize, path: string, stream: PictureStream) {
  const id = name as TakeId;
  const picture = { kind: 'moving' as const, rate, frameCount, ...size };
  return {
    id,
    facts: { id, name, origin: 'imported' as const, picture },
    exported: { kind: 'ready' as const, picture: { path, container: 'test', stream } },
  };
}
