import type { Rate } from '../../document/time.ts';
import { nearestRate } from '../timing/rational.ts';
import type { ColourTags } from './colour.ts';

/** What `ffmpeg -i` says of a file's streams. */
export interface StreamInfo {
  /** The first name of the demuxer that opened it: `avi`, `mov`, `png_pipe`. */
  readonly container: string;
  readonly streams: readonly ListedStream[];
}

export type ListedStream =
  | ({ readonly kind: 'picture' } & ListedPicture)
  | ({ readonly kind: 'sound' } & ListedSound)
  | { readonly kind: 'other'; readonly streamIndex: number };

export interface ListedPicture {
  readonly streamIndex: number;
  readonly codec: string;
  /** The container's own name of the codec (`vvc1`), where it has one. */
  readonly tag?: string;
  /** Absent where this ffmpeg cannot decode it. */
  readonly pixelFormat?: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelAspect: Rate;
  readonly rotationDegrees: 0 | 90 | 180 | 270;
  readonly colour: ColourTags;
  readonly isCoverArt: boolean;
  readonly isDefault: boolean;
}

export interface ListedSound {
  readonly streamIndex: number;
  readonly codec: string;
  readonly tag?: string;
  /** 0 where this ffmpeg cannot tell, as for a codec it does not know. */
  readonly sampleRateHz: number;
  readonly channelCount: number;
  readonly isDefault: boolean;
}

/** Reads what ffmpeg prints about its first input; undefined when it could not open it. */
export function parseStreamInfo(lines: readonly string[]): StreamInfo | undefined {
  const container = lines.map((line) => /^Input #0, ([^,]+)/.exec(line)?.[1]).find((name) => name !== undefined);
  if (container === undefined) return undefined;
  const streams: ListedStream[] = [];
  for (const line of lines) {
    const stream = /^ {2}Stream #0:(\d+)(?:\[\w+\])?(?:\([^)]*\))?: (\w+): (.*)$/.exec(line);
    if (stream) streams.push(listedStream(Number(stream[1]), stream[2] ?? '', stream[3] ?? ''));
    const turn = /displaymatrix: rotation of (-?[\d.]+) degrees/.exec(line);
    if (turn) turnLast(streams, Number(turn[1]));
  }
  return { container, streams };
}

function listedStream(streamIndex: number, kind: string, text: string): ListedStream {
  switch (kind) {
    case 'Video':
      return { kind: 'picture', ...listedPicture(streamIndex, text) };
    case 'Audio':
      return { kind: 'sound', ...listedSound(streamIndex, text) };
    default:
      return { kind: 'other', streamIndex };
  }
}

// `hevc (Main 10) (hvc1 / 0x31637668), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), 1280x720 [SAR 1:1 DAR 16:9], …`
function listedPicture(streamIndex: number, text: string): ListedPicture {
  const parts = splitOutsideBrackets(text);
  const size = /(\d+)x(\d+)/.exec(parts.slice(1).find((part) => /^\d+x\d+/.test(part)) ?? '');
  const format = /^([a-z]\w*)(?:\((.*)\))?$/.exec(parts[1] ?? '');
  const aspect = [...text.matchAll(/SAR (\d+):(\d+)/g)].at(-1); // the codec's, then the container's, which wins
  return {
    ...{ streamIndex, ...codecOf(text), ...flagsOf(text), isCoverArt: text.includes('(attached pic)') },
    ...(format?.[1] && format[1] !== 'none' ? { pixelFormat: withoutRange(format[1]) } : {}),
    ...{ widthPx: Number(size?.[1] ?? 0), heightPx: Number(size?.[2] ?? 0), rotationDegrees: 0 },
    pixelAspect: nearestRate(Number(aspect?.[1] ?? 1) || 1, Number(aspect?.[2] ?? 1) || 1),
    colour: colourTags(format?.[1] ?? '', format?.[2] ?? ''),
  };
}

// `aac (LC) (mp4a / 0x6134706D), 48000 Hz, 5.1(side), fltp, 128 kb/s (default)`
function listedSound(streamIndex: number, text: string): ListedSound {
  const parts = splitOutsideBrackets(text);
  const sampleRateHz = Number(/^(\d+) Hz/.exec(parts[1] ?? '')?.[1] ?? 0);
  return { streamIndex, ...codecOf(text), ...flagsOf(text), sampleRateHz, channelCount: channelsOf(parts[2] ?? '') };
}

function codecOf(text: string): { codec: string; tag?: string } {
  const tag = /\((\S+) \/ 0x[\dA-F]+\)/i.exec(text)?.[1];
  return { codec: /^[^\s,(]+/.exec(text)?.[0] ?? 'unknown', ...(tag === undefined ? {} : { tag }) };
}

function flagsOf(text: string): { isDefault: boolean } {
  return { isDefault: text.includes('(default)') };
}

// `tv, bt2020nc/bt2020/arib-std-b67, progressive`: range, then matrix/primaries/transfer or one name for all three.
function colourTags(pixelFormat: string, text: string): ColourTags {
  const words = text.split(',').map((word) => word.trim());
  const range =
    words.includes('pc') || pixelFormat.startsWith('yuvj') ? 'full' : words.includes('tv') ? 'limited' : undefined;
  const names = words.find((word) => word.includes('/') || isColourName(word));
  const [matrix = '', primaries = matrix, transfer = matrix] = (names ?? '').split('/');
  return { range, matrix: knownName(matrix), primaries: knownName(primaries), transfer: knownName(transfer) };
}

function isColourName(word: string): boolean {
  return /^(bt|smpte|gbr|fcc|ycgco|iec|arib|linear|film|ebu|jedec)/.test(word);
}

function knownName(name: string): string | undefined {
  return name === '' || name === 'unknown' || name === 'reserved' ? undefined : name;
}

// `yuvj420p` is yuv420p of full range; the range is told apart from the format everywhere else.
function withoutRange(pixelFormat: string): string {
  return pixelFormat.replace(/^yuvj/, 'yuv');
}

const namedLayouts: Readonly<Record<string, number>> = { mono: 1, stereo: 2, quad: 4, hexagonal: 6, octagonal: 8 };

function channelsOf(layout: string): number {
  const counted = /^(\d+) channels/.exec(layout);
  const surround = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(layout);
  if (counted) return Number(counted[1]);
  if (surround) return surround.slice(1).reduce((sum, count) => sum + Number(count ?? 0), 0);
  return namedLayouts[/^\w+/.exec(layout)?.[0] ?? ''] ?? 2;
}

// ffmpeg says by how much the picture lies turned to the left; we say by how much to turn it to the right.
function turnLast(streams: ListedStream[], degrees: number): void {
  const last = streams.at(-1);
  if (last?.kind !== 'picture') return;
  const quarters = ((Math.round(-degrees / 90) % 4) + 4) % 4;
  const turns = [0, 90, 180, 270] as const;
  streams[streams.length - 1] = { ...last, rotationDegrees: turns[quarters] ?? 0 };
}

function splitOutsideBrackets(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(' || letter === '[') depth++;
    if (letter === ')' || letter === ']') depth--;
    if (letter === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim());
}
