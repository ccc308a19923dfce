import type { ChromaSiting, SampleColour } from '../../../../engine/render/colour.ts';
import { lumaWeights } from '../../../../engine/render/colour.ts';

/** The samples of a decoded picture, copied out of the decoder's memory. */
export type CopiedPicture =
  | {
      readonly kind: 'rgba';
      readonly pixels: Uint8Array<ArrayBuffer>;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | {
      readonly kind: 'planes';
      readonly widthPx: number;
      readonly heightPx: number;
      readonly bitDepth: 8 | 10 | 12;
      /** Luma first; then U and V, or both interleaved. */
      readonly planes: readonly Plane[];
    };

export interface Plane {
  readonly samples: Uint8Array | Uint16Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Samples from one row to the next. */
  readonly rowSamples: number;
}

/** Copies a frame's visible samples as they are. Throws for a format that has no planes to copy (on a GPU, opaque). */
export async function copyPicture(frame: VideoFrame): Promise<CopiedPicture> {
  const visible = frame.visibleRect;
  if (!frame.format || !visible) throw new Error('the frame cannot be read');
  const { width, height } = visible;
  if (/^(RGB|BGR)/.test(frame.format)) {
    const pixels = new Uint8Array(width * height * 4);
    await frame.copyTo(pixels, { format: 'RGBA', layout: [{ offset: 0, stride: width * 4 }] });
    return { kind: 'rgba', pixels, widthPx: width, heightPx: height };
  }
  const shape = /^(?:I(420|422|444)A?|NV12)(?:P(10|12))?$/.exec(frame.format);
  if (!shape) throw new Error(`frames of format ${frame.format} cannot be read`);
  const bytes = new Uint8Array(frame.allocationSize());
  const layout = await frame.copyTo(bytes);
  const bitDepth = shape[2] === '12' ? 12 : shape[2] === '10' ? 10 : 8;
  const chromaWidth = shape[1] === '444' ? width : Math.ceil(width / 2);
  const chromaHeight = shape[1] === '444' || shape[1] === '422' ? height : Math.ceil(height / 2);
  const planes = layout.slice(0, 3).map(({ offset, stride }, index) => {
    const samples = bitDepth === 8 ? bytes.subarray(offset) : new Uint16Array(bytes.buffer, offset);
    const rowSamples = (bitDepth === 8 ? stride : stride / 2) / (frame.format === 'NV12' && index === 1 ? 2 : 1);
    return index === 0
      ? { samples, rowSamples, widthPx: width, heightPx: height }
      : { samples, rowSamples, widthPx: chromaWidth, heightPx: chromaHeight };
  });
  return { kind: 'planes', planes, widthPx: width, heightPx: height, bitDepth };
}

/** The numbers of the shader `planesToRgb`. */
export function conversion(
  colour: SampleColour,
  siting: ChromaSiting,
  picture: Extract<CopiedPicture, { kind: 'planes' }>,
) {
  const matrix = colour.matrix === 'rgb' ? 'bt709' : colour.matrix;
  const { red, blue } = lumaWeights(matrix);
  const green = 1 - red - blue;
  const unit = 2 ** (picture.bitDepth - 8);
  const largest = 2 ** picture.bitDepth - 1;
  const isFull = colour.range === 'full';
  const [luma, chroma] = picture.planes;
  const across = (chroma?.widthPx ?? 1) < (luma?.widthPx ?? 1) ? 0.5 : 1;
  const down = (chroma?.heightPx ?? 1) < (luma?.heightPx ?? 1) ? 0.5 : 1;
  // Midway between its luma samples, a chroma sample lies half a luma sample later than the left one.
  const centred = (scale: number) => scale / 2 - 0.5;
  return {
    chromaScale: [across, down],
    chromaOffset: [siting === 'left' ? 0 : centred(across), centred(down)],
    sampleOffset: [isFull ? 0 : 16 * unit, 128 * unit, 128 * unit],
    sampleScale: isFull
      ? [1 / largest, 1 / largest, 1 / largest]
      : [1 / (219 * unit), 1 / (224 * unit), 1 / (224 * unit)],
    weights: [2 * (1 - red), (-2 * blue * (1 - blue)) / green, (-2 * red * (1 - red)) / green, 2 * (1 - blue)],
  } as const;
}
