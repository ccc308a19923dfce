import type { FileHandle } from 'node:fs/promises';
import { FailureError } from '../../contract/failure.ts';
import type { Colour } from '../../contract/take.ts';
import { bytesAt, unreadable } from '../open-media.ts';
import type { CodedPicture } from './description.ts';

/** A picture that does not move, as its own header describes it. */
export interface Still {
  /** Names the demuxer of ffmpeg that reads this one file: `image2` would take a % in its name for a pattern. */
  readonly format: StillFormat;
  /** Absent for the kinds whose header is left to ffmpeg. */
  readonly picture?: CodedPicture;
}

export type StillFormat = 'png_pipe' | 'jpeg_pipe' | 'webp_pipe' | 'bmp_pipe' | 'tiff_pipe';

const headBytes = 1 << 20; // a JPEG's size may stand behind a preview and a colour profile
const tailBytes = 64 * 1024;

/**
 * Recognises a still by its first bytes, and reads PNG, JPEG and WebP without a process for each; undefined for all
 * other files. Throws a FailureError `media-unreadable` for one that was cut short, `media-unsupported` for WebP that
 * moves, which ffmpeg cannot decode.
 */
export async function readStill(file: FileHandle, path: string): Promise<Still | undefined> {
  const { size } = await file.stat();
  const head = await bytesAt(file, 0, Math.min(headBytes, size));
  const tail = await bytesAt(file, Math.max(0, size - tailBytes), Math.min(tailBytes, size));
  const is = (text: string, at = 0) => head.toString('latin1', at, at + text.length) === text;
  if (is('\x89PNG\r\n\x1a\n')) {
    if (!tail.includes('IEND')) throw unreadable(path, 'it is cut short');
    return { format: 'png_pipe', picture: whole(readPng(head), path) };
  }
  if (is('\xff\xd8\xff')) {
    if (!tail.includes(Buffer.from([0xff, 0xd9]))) throw unreadable(path, 'it is cut short');
    return { format: 'jpeg_pipe', picture: whole(readJpeg(head), path) };
  }
  if (is('RIFF') && is('WEBP', 8)) {
    if (head.readUInt32LE(4) + 8 > size) throw unreadable(path, 'it is cut short');
    if (is('VP8X', 12) && ((head[20] ?? 0) & 2) !== 0) {
      throw new FailureError({ code: 'media-unsupported', path, codec: 'animated WebP' });
    }
    return { format: 'webp_pipe', picture: whole(readWebp(head), path) };
  }
  if (is('BM') && size > 26 && [12, 40, 52, 56, 64, 108, 124].includes(head.readUInt32LE(14)))
    return { format: 'bmp_pipe' };
  if (is('II*\0') || is('MM\0*')) return { format: 'tiff_pipe' };
  return undefined;
}

function whole(picture: CodedPicture | undefined, path: string): CodedPicture {
  if (!picture || picture.codedWidthPx === 0 || picture.codedHeightPx === 0) throw unreadable(path, 'it is damaged');
  return picture;
}

/** Stills are meant for screens: what they do not say of their colours is not guessed but agreed. */
const screenColour: Pick<Colour, 'primaries' | 'transfer' | 'isGuessed'> = {
  ...{ primaries: 'bt709', transfer: 'iec61966-2-1', isGuessed: false },
};

function still(
  parts: Pick<CodedPicture, 'codec' | 'pixelFormat' | 'codedWidthPx' | 'codedHeightPx' | 'hasAlpha'> & {
    readonly matrix: Colour['matrix'];
    readonly range: Colour['range'];
  },
): CodedPicture {
  const { matrix, range, ...coded } = parts;
  return {
    ...{ streamIndex: 0, pixelAspect: { num: 1, den: 1 }, rotationDegrees: 0, isMirrored: false },
    ...coded,
    colour: { matrix, range, ...screenColour },
  };
}

// PNG, third edition, 11.2.1: width, height, depth, colour type; tRNS before the first IDAT gives a palette alpha.
function readPng(head: Buffer): CodedPicture | undefined {
  if (head.length < 33) return undefined;
  const is16 = head[24] === 16;
  const beforePixels = head.subarray(0, Math.max(0, head.indexOf('IDAT')));
  const formats: Readonly<Record<number, readonly [string, boolean]>> = {
    0: [is16 ? 'gray16be' : 'gray', false],
    2: [is16 ? 'rgb48be' : 'rgb24', false],
    3: ['pal8', beforePixels.includes('tRNS')],
    4: [is16 ? 'ya16be' : 'ya8', true],
    6: [is16 ? 'rgba64be' : 'rgba', true],
  };
  const format = formats[head[25] ?? -1];
  if (!format) return undefined;
  return still({
    ...{ codec: 'png', codedWidthPx: head.readUInt32BE(16), codedHeightPx: head.readUInt32BE(20) },
    ...{ pixelFormat: format[0], hasAlpha: format[1], matrix: 'rgb', range: 'full' },
  });
}

// ITU-T T.81, B.2.2: the frame header has the size and how each component is sampled. Exif's orientation turns it.
function readJpeg(head: Buffer): CodedPicture | undefined {
  let turn = turns[1];
  let isAdobeRgb = false;
  for (let at = 2; at + 10 < head.length && head[at] === 0xff; ) {
    const marker = head[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const segment = head.subarray(at + 4, at + 2 + head.readUInt16BE(at + 2));
    if (marker === 0xe1) turn = turns[exifOrientation(segment)] ?? turn;
    if (marker === 0xee && segment.toString('latin1', 0, 5) === 'Adobe') isAdobeRgb = segment[11] === 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return turn && { ...jpegFrame(segment, isAdobeRgb), ...turn };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return undefined;
}

function jpegFrame(frame: Buffer, isAdobeRgb: boolean): CodedPicture {
  const components = frame[5] ?? 0;
  const isRgb = components === 3 && isAdobeRgb;
  const format = components === 1 ? 'gray' : components === 4 ? 'gbrap' : chromaFormat(frame);
  return still({
    ...{ codec: 'mjpeg', codedWidthPx: frame.readUInt16BE(3), codedHeightPx: frame.readUInt16BE(1) },
    ...{ pixelFormat: isRgb ? 'gbrp' : format, hasAlpha: false },
    ...{ matrix: isRgb || components === 4 ? 'rgb' : 'bt601', range: 'full' },
  });
}

// How many samples of brightness each sample of colour stands for, across and down.
function chromaFormat(frame: Buffer): string {
  const [brightness = 0x11, colour = 0x11] = [frame[7], frame[10]];
  const across = (brightness >> 4) / Math.max(1, colour >> 4);
  const down = (brightness & 15) / Math.max(1, colour & 15);
  const names: Readonly<Record<string, string>> = {
    '2 2': 'yuv420p',
    '2 1': 'yuv422p',
    '1 2': 'yuv440p',
    '4 1': 'yuv411p',
  };
  return names[`${across} ${down}`] ?? 'yuv444p';
}

/** Exif 2.32, 4.6.4: orientation 1 to 8, as our turn to the right and then a mirror. */
const turns: Readonly<Record<number, Pick<CodedPicture, 'rotationDegrees' | 'isMirrored'>>> = {
  1: { rotationDegrees: 0, isMirrored: false },
  2: { rotationDegrees: 0, isMirrored: true },
  3: { rotationDegrees: 180, isMirrored: false },
  4: { rotationDegrees: 180, isMirrored: true },
  5: { rotationDegrees: 90, isMirrored: true },
  6: { rotationDegrees: 90, isMirrored: false },
  7: { rotationDegrees: 270, isMirrored: true },
  8: { rotationDegrees: 270, isMirrored: false },
};

function exifOrientation(segment: Buffer): number {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0' || segment.length < 20) return 0;
  const tiff = segment.subarray(6);
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (at + 2 > tiff.length ? 0 : isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < u16(directory); entry++) {
    const at = directory + 2 + entry * 12;
    if (u16(at) === 0x0112) return u16(at + 8);
  }
  return 0;
}

// WebP container specification (RFC 9649): VP8X flags, or the size in the first frame of VP8 and VP8L.
function readWebp(head: Buffer): CodedPicture | undefined {
  if (head.length < 30) return undefined;
  const size = webpSize(head, head.toString('latin1', 12, 16));
  if (!size) return undefined;
  const [codedWidthPx, codedHeightPx, hasAlpha] = size;
  const lossy = { pixelFormat: hasAlpha ? 'yuva420p' : 'yuv420p', matrix: 'bt601', range: 'limited' } as const;
  const lossless = { pixelFormat: 'argb', matrix: 'rgb', range: 'full' } as const;
  return still({
    codec: 'webp',
    codedWidthPx,
    codedHeightPx,
    hasAlpha,
    ...(head.includes('VP8L', 12, 'latin1') ? lossless : lossy),
  });
}

function webpSize(head: Buffer, chunk: string): readonly [number, number, boolean] | undefined {
  if (chunk === 'VP8X') return [head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1, ((head[20] ?? 0) & 0x10) !== 0];
  if (chunk === 'VP8 ') return [head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff, false];
  if (chunk !== 'VP8L') return undefined;
  const bits = head.readUInt32LE(21);
  return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1, ((bits >>> 28) & 1) === 1];
}
