import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ColourMap, cubeOf } from '../../engine/media/decode/tone-map.ts';
import { describedByFfmpeg, ffmpegAlone } from './run-ffmpeg-alone.ts';

// What ffmpeg by itself makes of a file, read from its start to its end without a jump: the witness that files through
// the app are held against. It takes nothing from the app but the tables of tone-map.ts, which are the definition.

/** What ffmpeg says of the picture and the sound that a player would choose. */
export interface Told {
  readonly picture?: ToldPicture;
  readonly sound?: { readonly streamIndex: number; readonly layout: string };
  /** How ffmpeg calls a picture that it cannot decode. */
  readonly undecodable?: string;
}

export interface ToldPicture {
  readonly streamIndex: number;
  readonly codec: string;
  readonly pixelFormat: string;
  readonly matrix: string;
  readonly primaries: string;
  readonly transfer: string;
  readonly isFull: boolean;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelAspect: number;
  /** The filters that turn it upright. */
  readonly turn: readonly string[];
  /** Whether a photograph says itself how it is turned; some ffmpegs go by that unasked. */
  readonly isTurnedByExif: boolean;
  readonly hasAlpha: boolean;
}

/** The first picture that is no cover art, and the default sound. */
export async function tellOf(path: string): Promise<Told> {
  const text = await describedByFfmpeg(path);
  const streams = text.split(/\n(?= {2}Stream #0:)/).slice(1);
  const pictures = streams.filter((stream) => / Video: /.test(stream) && !stream.includes('(attached pic)'));
  const sounds = streams.filter((stream) => / Audio: /.test(stream));
  const [picture] = pictures;
  const sound = sounds.find((stream) => stream.split('\n')[0]?.includes('(default)')) ?? sounds[0];
  const unknown = picture && /Video: (none|\w+[^,]*, none)/.exec(picture)?.[1];
  if (unknown) return { undecodable: unknown };
  return {
    ...(picture ? { picture: { ...toldPicture(picture), ...(await exifTurn(path, picture)) } } : {}),
    ...(sound ? { sound: { streamIndex: indexOf(sound), layout: / Hz, ([^,]+),/.exec(sound)?.[1] ?? 'stereo' } } : {}),
  };
}

function toldPicture(stream: string): ToldPicture {
  const [line = ''] = stream.split('\n');
  const [, codec = '', rest = ''] = /Video: (\w+)(.*)/.exec(line) ?? [];
  const [, pixelFormat = '', , notes = '', width, height] = /, ([a-z]\w+)(\(([^)]*)\))?, (\d+)x(\d+)/.exec(rest) ?? [];
  const colours = /(?:^|, )((?:bt|smpte|gbr|unknown)[\w-]*(?:\/[\w-]+\/[\w-]+)?)/.exec(notes)?.[1] ?? 'unknown';
  const [matrix = 'unknown', primaries = matrix, transfer = matrix] = colours.split('/');
  // The codec's, then the container's, which every player prefers.
  const [, across = 1, down = 1] = [...rest.matchAll(/SAR (\d+):(\d+)/g)].at(-1) ?? [];
  return {
    ...{ streamIndex: indexOf(stream), codec, matrix, primaries, transfer },
    pixelFormat: pixelFormat.replace('yuvj', 'yuv'),
    isFull: /\bpc\b/.test(notes) || pixelFormat.startsWith('yuvj'),
    ...{ widthPx: Number(width), heightPx: Number(height), pixelAspect: Number(across) / Number(down) },
    turn: turns[Number(/rotation of (-?\d+)/.exec(stream)?.[1] ?? 0)] ?? [],
    isTurnedByExif: false,
    hasAlpha: /alpha_mode\s*: 1/.test(stream) || /^(yuva|argb|rgba|bgra|abgr|gbrap|ya)/.test(pixelFormat),
  };
}

/** As ffmpeg writes it: to the left. */
const turns: Readonly<Record<number, readonly string[]>> = {
  [-90]: ['transpose=clock'],
  90: ['transpose=cclock'],
  180: ['hflip', 'vflip'],
  [-180]: ['hflip', 'vflip'],
};

/** Exif 2.32, 4.6.4: where its row 0 and column 0 belong. */
const exifTurns: Readonly<Record<number, readonly string[]>> = {
  2: ['hflip'],
  3: ['hflip', 'vflip'],
  4: ['vflip'],
  5: ['transpose=cclock_flip'],
  6: ['transpose=clock'],
  7: ['transpose=clock_flip'],
  8: ['transpose=cclock'],
};

/** How a photograph says that it is turned, by what ffmpeg's decoder tells of its first frame. */
async function exifTurn(
  path: string,
  stream: string,
): Promise<Pick<ToldPicture, 'turn' | 'isTurnedByExif'> | undefined> {
  if (!/Video: mjpeg/.test(stream)) return undefined;
  const onlyTold = ['-frames:v', '1', '-vf', 'metadata=print', '-f', 'null', '-'];
  const { told } = await ffmpegAlone(['-i', `file:${path}`, ...onlyTold]);
  const turn = exifTurns[Number(/Orientation= *(\d)/.exec(told)?.[1])];
  return turn && { turn, isTurnedByExif: true };
}

function indexOf(stream: string): number {
  return Number(/Stream #0:(\d+)/.exec(stream)?.[1]);
}

/** Some frames of a file as ffmpeg decodes them, and when it shows every frame it decodes. */
export interface SeenFrames {
  /** In seconds of the file, of every frame. */
  readonly times: readonly number[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** SHA-256 of each asked frame after the documented conversion: planar G'B'R'. */
  readonly hashes: readonly string[];
}

/** Decodes a whole file and keeps some of its frames, by their number among all. Throws when ffmpeg cannot. */
export async function seeFrames(
  path: string,
  picture: ToldPicture,
  asked: readonly number[],
  scratch: string,
): Promise<SeenFrames> {
  const map = mapOf(picture);
  if (map) writeFileSync(join(scratch, 'map.cube'), cubeOf(map));
  const only = `select='${asked.map((frame) => `eq(n,${frame})`).join('+')}'`;
  const filters = ['showinfo=checksum=0', only, ...documented(picture, map), ...upright(picture)].join(',');
  const { stdout, told } = await run(['-noautorotate', ...inputOf(path, picture)], picture, filters, scratch);
  const size = uprightOf(picture);
  return {
    ...{ times: [...told.matchAll(/ pts_time:(-?[\d.]+)/g)].map(([, seconds]) => Number(seconds)), ...size },
    hashes: pieces(stdout, size.widthPx * size.heightPx * 3).map(hashOf),
  };
}

/** Small enough to forgive one filter the other, large enough to know right from left and red from blue. */
export const glanceSize = { widthPx: 64, heightPx: 64 };
export const glanceFilter = `scale=${glanceSize.widthPx}:${glanceSize.heightPx}:flags=area+accurate_rnd+full_chroma_int+full_chroma_inp`;

/** The first frame as any player shows it, turned and converted by ffmpeg unasked: R'G'B' of `glanceSize`. */
export async function glanceOf(path: string, picture: ToldPicture, scratch: string): Promise<Uint8Array> {
  // Where a file names no matrix every player guesses, and we say how.
  const guess = picture.matrix === 'unknown' ? `:in_color_matrix=${matrixOf(picture)}` : '';
  const black = picture.hasAlpha ? 'format=gbrap,premultiply=inplace=1,format=gbrp,' : '';
  const filters = `select=eq(n\\,0),${black}${glanceFilter}${guess},format=rgb24`;
  const [untouched, turn] = picture.isTurnedByExif ? [['-noautorotate'], `${picture.turn.join(',')},`] : [[], ''];
  const input = [...untouched, ...inputOf(path, picture), '-frames:v', '1'];
  const { stdout } = await run(input, picture, turn + filters, scratch);
  return stdout;
}

function inputOf(path: string, { codec, hasAlpha }: ToldPicture): string[] {
  const decoder = hasAlpha && /^vp[89]$/.test(codec) ? ['-c:v', codec === 'vp8' ? 'libvpx' : 'libvpx-vp9'] : [];
  return ['-copyts', ...decoder, '-i', `file:${path}`];
}

function run(input: readonly string[], { streamIndex }: ToldPicture, filters: string, folder: string) {
  const output = ['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'];
  return ffmpegAlone([...input, '-map', `0:${streamIndex}`, '-vf', filters, ...output], folder);
}

/** How alike two pictures of 8 bits are; 100 where they are the same. */
export function decibels(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length || a.length === 0) return 0;
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += ((a[at] ?? 0) - (b[at] ?? 0)) ** 2;
  return sum === 0 ? 100 : 10 * Math.log10((255 * 255 * a.length) / sum);
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function pieces(bytes: Buffer, length: number): Buffer[] {
  return Array.from({ length: Math.floor(bytes.length / length) }, (_, at) =>
    bytes.subarray(at * length, (at + 1) * length),
  );
}

/** Square pixels and upright: lines stay lines, the width is stretched. */
function uprightOf({ widthPx, heightPx, pixelAspect, turn }: ToldPicture) {
  const across = Math.round(widthPx * pixelAspect);
  const isLying = turn.some((filter) => filter.startsWith('transpose'));
  return isLying ? { widthPx: heightPx, heightPx: across } : { widthPx: across, heightPx };
}

/** Whether its colours go through a table on their way to the screen. */
export function isToneMapped(picture: ToldPicture): boolean {
  return mapOf(picture) !== undefined;
}

function mapOf({ matrix, primaries, transfer }: ToldPicture): ColourMap | undefined {
  if (transfer === 'smpte2084') return 'pq';
  if (transfer === 'arib-std-b67') return 'hlg';
  return matrix.startsWith('bt2020') || primaries === 'bt2020' ? 'wide' : undefined;
}

/** BT.709 from 720 lines up and BT.601 below where the file does not say. */
function matrixOf({ matrix, heightPx }: ToldPicture): 'bt709' | 'bt601' | 'bt2020' {
  if (matrix.startsWith('bt2020')) return 'bt2020';
  if (matrix === 'unknown') return heightPx >= 720 ? 'bt709' : 'bt601';
  return matrix === 'bt709' ? 'bt709' : 'bt601';
}

// The conversion that engine/export documents, written once more: chroma on the left, bilinear to full size, the
// file's matrix and range, 8-bit R'G'B', HDR by its table, alpha on black. Of an odd size (4:2:0 is meant), chroma's last
// sample covers a pixel that is not there: luma gets it for the while.
function documented(picture: ToldPicture, map: ColourMap | undefined): string[] {
  const { pixelFormat, isFull, widthPx, heightPx, hasAlpha } = picture;
  const onBlack = hasAlpha ? ['format=gbrap', 'premultiply=inplace=1'] : [];
  if (!pixelFormat.startsWith('yuv')) return [...onBlack, 'format=gbrp'];
  const range = isFull ? 'full' : 'limited';
  const matrix = { bt709: '709', bt601: '170m', bt2020: '2020_ncl' }[matrixOf(picture)];
  const isOdd = widthPx % 2 === 1 || heightPx % 2 === 1;
  const wholeChroma = [
    `extractplanes=y+u+v[y][u][v];[y]pad=${even(widthPx)}:${even(heightPx)}[whole]`,
    `[whole][u][v]mergeplanes=map1s=1:map2s=2:format=${pixelFormat}`,
  ].join(';');
  return [
    ...(isOdd ? [wholeChroma] : []),
    `setparams=field_mode=prog:range=${isFull ? 'pc' : 'tv'}:color_primaries=bt709:color_trc=bt709`,
    `zscale=matrixin=${matrix}:rangein=${range}:chromalin=left:matrix=gbr:range=full:filter=bilinear`,
    ...(isOdd ? [`crop=${widthPx}:${heightPx}:0:0:exact=1`] : []),
    ...(map ? ['format=gbrp12le', 'lut3d=map.cube:interp=tetrahedral'] : []),
    ...onBlack,
    'format=gbrp',
  ];
}

function even(sidePx: number): number {
  return sidePx + (sidePx % 2);
}

function upright(picture: ToldPicture): string[] {
  const across = Math.round(picture.widthPx * picture.pixelAspect);
  const stretch =
    across === picture.widthPx ? [] : [`zscale=w=${across}:h=${picture.heightPx}:filter=bilinear`, 'format=gbrp'];
  return [...stretch, ...picture.turn];
}
