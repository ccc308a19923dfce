import type { PictureStream } from '../contract/take.ts';
import { toScreenColours } from '../media/decode/to-screen.ts';
import type { CodedPlacement } from '../render/coded-picture.ts';
import { type ChromaSiting, chromaSiting } from '../render/colour.ts';
import type { Size } from '../render/placement.ts';
import type { Resampler } from './caps.ts';
import { cutToCoded } from './fill-up.ts';

// One layer's way from coded samples to its place in the frame. The order is the shader's: to 8-bit RGB at its own
// size, then cut, resample, turn. Every conversion states matrix, range and siting; nothing is left to a default.

/** What a chain leaves behind: planar RGB, or with an alpha plane. */
export type PlanarRgb = 'gbrp' | 'gbrap';

/**
 * Filters from coded samples, as `filledUp` hands them on, to planar RGB of BT.709 at the coded size. HDR and BT.2020
 * go through the tables of `colourTables`. `gbrp` of a picture with alpha lies on black.
 */
export function toRgb(stream: PictureStream, resampler: Resampler, rgb: PlanarRgb = 'gbrp'): string[] {
  const coded = stream.hasAlpha ? 'gbrap' : 'gbrp';
  const colours = toScreenColours(stream);
  const mapped = colours.length > 0 ? [`format=${coded}12le`, ...colours] : [];
  const onBlack = stream.hasAlpha && rgb === 'gbrp' ? ['premultiply=inplace=1', 'format=gbrp'] : [];
  return [...samplesToRgb(stream, resampler), ...cutToCoded(stream), ...mapped, `format=${coded}`, ...onBlack];
}

function samplesToRgb(stream: PictureStream, resampler: Resampler): string[] {
  const { codec, pixelFormat, colour, hasAlpha } = stream;
  const { matrix, range } = colour;
  if (matrix === 'rgb') return [];
  const told = `setparams=field_mode=prog:range=${range === 'full' ? 'pc' : 'tv'}:${neutral}`;
  const siting = chromaSiting(codec);
  if (resampler === 'swscale') {
    // Chroma is brought to full size first: swscale's one step from 4:2:0 to RGB repeats chroma samples.
    const inFull = `scale=${chromaPosition(pixelFormat, siting)}flags=${swscaleFlags}`;
    const input = `in_color_matrix=${swscaleMatrix[matrix]}:in_range=${range}`;
    const full = hasAlpha ? 'yuva444p' : 'yuv444p';
    return [told, inFull, `format=${full}`, `scale=${input}:out_range=full:flags=${swscaleFlags}`];
  }
  const input = `matrixin=${zscaleMatrix[matrix]}:rangein=${range}:chromalin=${siting === 'left' ? 'left' : 'center'}`;
  return [told, `zscale=${input}:matrix=gbr:range=full:filter=bilinear`];
}

// swscale takes all chroma for centred unless it is told otherwise; in 256ths of a luma sample.
function chromaPosition(pixelFormat: string, siting: ChromaSiting): string {
  const across = `in_h_chr_pos=${siting === 'left' ? 0 : 128}:`;
  if (pixelFormat.includes('420')) return `${across}in_v_chr_pos=128:`;
  return pixelFormat.includes('422') ? across : '';
}

/** Filters that cut, resample and turn planar RGB for its place in the frame. */
export function toPlace(placed: CodedPlacement, coded: Size, resampler: Resampler, rgb: PlanarRgb = 'gbrp'): string[] {
  const { source, scaled } = placed;
  const width = source.right - source.left;
  const height = source.bottom - source.top;
  const isCut = width !== coded.widthPx || height !== coded.heightPx;
  const isResampled = width !== scaled.widthPx || height !== scaled.heightPx;
  return [
    ...(isCut ? [`crop=${width}:${height}:${source.left}:${source.top}:exact=1`] : []),
    ...(isResampled ? [...resample(scaled, resampler), `format=${rgb}`] : []),
    ...turn[placed.rotationDegrees],
    ...(placed.isMirrored ? ['hflip'] : []),
    'setsar=1',
  ];
}

/**
 * Filters from planar RGB to what is delivered: 8-bit 4:2:0, BT.709 limited, chroma on the left. By one thread: zscale
 * shares the picture out in bands and reduces chroma as if each ended there, a seam of two rows up to 14 in 255 off.
 */
export function toDelivery(resampler: Resampler): string[] {
  const conversion = 'matrixin=gbr:rangein=full:matrix=709:range=limited:chromal=left:filter=bilinear';
  return resampler === 'zscale'
    ? [`zscale=${conversion}:threads=1`, 'format=yuv420p']
    : [
        `scale=in_range=full:out_color_matrix=bt709:out_range=limited:out_h_chr_pos=0:out_v_chr_pos=128:flags=${swscaleFlags}`,
        'format=yuv420p',
      ];
}

// Only matrix and range are converted: primaries and transfer of every source are taken as the sequence's own, and
// said to be, or zscale would convert them where a file declares others and the preview would not.
const neutral = 'color_primaries=bt709:color_trc=bt709';
const zscaleMatrix = { bt709: '709', bt601: '170m', bt2020: '2020_ncl' } as const;
const swscaleMatrix = { bt709: 'bt709', bt601: 'bt601', bt2020: 'bt2020' } as const;
const swscaleFlags = 'bilinear+accurate_rnd+full_chroma_int+full_chroma_inp';

const turn: Readonly<Record<CodedPlacement['rotationDegrees'], readonly string[]>> = {
  0: [],
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
};

function resample({ widthPx, heightPx }: Size, resampler: Resampler): string[] {
  return resampler === 'zscale'
    ? [`zscale=w=${widthPx}:h=${heightPx}:filter=bilinear`]
    : [`scale=w=${widthPx}:h=${heightPx}:flags=${swscaleFlags}`];
}
