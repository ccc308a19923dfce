import type { PictureStream, SoundStream } from '../../contract/take.ts';

/** A picture stream as it is coded; how its frames lie in time is read separately. */
export type CodedPicture = Omit<PictureStream, 'timing'>;
export type CodedSound = Omit<SoundStream, 'startsAtSample' | 'timing'>;

/**
 * What a file holds that a take can use: the first real picture (no cover art, no data) and the default sound, each
 * absent when the file has none.
 */
export interface FileDescription {
  readonly container: string;
  readonly picture?: CodedPicture;
  readonly sound?: CodedSound;
}

/** The size of a picture turned upright, of square pixels: lines stay lines, and the width is stretched or squeezed. */
export function uprightSize(picture: CodedPicture): { readonly widthPx: number; readonly heightPx: number } {
  const { codedWidthPx, codedHeightPx, pixelAspect, rotationDegrees } = picture;
  const widthPx = Math.max(1, Math.round((codedWidthPx * pixelAspect.num) / pixelAspect.den));
  const isOnItsSide = rotationDegrees === 90 || rotationDegrees === 270;
  return isOnItsSide ? { widthPx: codedHeightPx, heightPx: widthPx } : { widthPx, heightPx: codedHeightPx };
}
