import type { Rate } from '../../document/time.ts';
import { readAvcSequence } from './avc-sps.ts';

/** What a decoder will hand out, told from a codec's own header. */
export interface DecodedShape {
  /** ffmpeg's name, without the range: `yuv420p10le`. */
  readonly pixelFormat: string;
  readonly pixelAspect?: Rate;
}

/**
 * The pixel format of a stream from its decoder configuration (WebCodecs' codec string and description). Undefined
 * where that cannot tell: ProRes 4444 has alpha or not, and an unusual depth has no name here. Then ffmpeg is asked.
 */
export function decodedShape(
  codec: string,
  codecString: string,
  description: Uint8Array | undefined,
): DecodedShape | undefined {
  const parts = codecString.split('.');
  switch (codec) {
    case 'avc': {
      const sequence = description && readAvcSequence(description);
      if (!sequence) return undefined;
      const { chromaFormat, bitDepth, pixelAspect } = sequence;
      return shape(formatName(chromaFormat, bitDepth), pixelAspect);
    }
    case 'hevc': // ISO/IEC 14496-15, 8.3.3.1: chroma format in byte 16, depth less 8 in byte 17
      // Phones are known to leave the chroma format 0, which would mean gray: that too is left to ffmpeg.
      if (!description || description.length < 19 || ((description[16] ?? 0) & 3) === 0) return undefined;
      return shape(formatName((description[16] ?? 0) & 3, ((description[17] ?? 0) & 7) + 8));
    case 'vp8':
      return shape('yuv420p');
    case 'vp9': // vp09.<profile>.<level>.<depth>.<chroma>
      return shape(formatName([1, 1, 2, 3][Number(parts[4] ?? 1)] ?? -1, Number(parts[3] ?? 8)));
    case 'av1': // av01.<profile>.<level>.<depth>.<monochrome>.<chroma>
      if (parts[4] === '1') return shape(formatName(0, Number(parts[3] ?? 8)));
      return shape(formatName([1, 3, 2][Number(parts[1] ?? 0)] ?? -1, Number(parts[3] ?? 8)));
    case 'prores':
      return /^apc[ohns]$/.test(codecString) ? shape('yuv422p10le') : undefined;
    default:
      return undefined;
  }
}

/** Whether samples are red, green and blue already. */
export function isRgb(pixelFormat: string): boolean {
  return /^(gbr|rgb|bgr|argb|abgr|rgba|bgra|0rgb|0bgr|pal8|x2rgb|x2bgr)/.test(pixelFormat);
}

function shape(pixelFormat: string | undefined, pixelAspect?: Rate): DecodedShape | undefined {
  if (pixelFormat === undefined) return undefined;
  return { pixelFormat, ...(pixelAspect ? { pixelAspect } : {}) };
}

function formatName(chromaFormat: number, bitDepth: number): string | undefined {
  const layout = ['gray', 'yuv420p', 'yuv422p', 'yuv444p'][chromaFormat];
  if (layout === undefined || ![8, 9, 10, 12, 14].includes(bitDepth)) return undefined;
  if (bitDepth === 8) return layout;
  return layout === 'gray' ? `gray${bitDepth}le` : `${layout}${bitDepth}le`;
}
