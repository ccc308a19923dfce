/** How the samples of a coded picture are to be read as colour. */
export interface SampleColour {
  readonly matrix: 'bt709' | 'bt601' | 'bt2020' | 'rgb';
  readonly range: 'limited' | 'full';
}

/** Where a chroma sample of 4:2:0 or 4:2:2 lies among its luma samples: on the left one, or midway between two. */
export type ChromaSiting = 'left' | 'centre';

/**
 * JPEG and MPEG-1 put chroma midway, everything since on the left. Files seldom say, decoders drop what they say,
 * and reading it wrongly costs 40 dB, so preview and export both go by the codec.
 */
export function chromaSiting(codec: string): ChromaSiting {
  return codec === 'mjpeg' || codec === 'mpeg1video' ? 'centre' : 'left';
}

/** Share of red and of blue in luma. Source: ITU-R BT.601, BT.709, BT.2020 (non-constant luminance). */
export function lumaWeights(matrix: 'bt709' | 'bt601' | 'bt2020'): { readonly red: number; readonly blue: number } {
  switch (matrix) {
    case 'bt709':
      return { red: 0.2126, blue: 0.0722 };
    case 'bt601':
      return { red: 0.299, blue: 0.114 };
    case 'bt2020':
      return { red: 0.2627, blue: 0.0593 };
  }
}
