import { adjustmentLimits } from './adjust-clips.ts';
import type { Framing, Sequence, TakeFacts, TakePicture } from './film.ts';
import { noCrop } from './film.ts';
import {
  type Frames,
  frames,
  framesToCoverSamples,
  maxFrames,
  noFrames,
  offsetOfTakeFrame,
  type Rate,
} from './time.ts';

/** How long a clip of the take can be: a count of sequence frames, or `endless` for a still. */
export type TakeLength = Frames | 'endless';

/** The longest clip that shows real frames of the picture throughout; the last frame may show only in part. */
export function pictureLength(picture: TakePicture, rate: Rate): TakeLength {
  if (picture.kind === 'still') return 'endless';
  return offsetOfTakeFrame(frames(picture.frameCount), picture.rate, rate);
}

/**
 * The length a whole take has on a sequence: its picture's where it has one, else its sound's.
 * A still lasts as long as the clip says, so it has none.
 */
export function takeLength(take: TakeFacts, rate: Rate): TakeLength {
  if (take.picture) return pictureLength(take.picture, rate);
  return take.sound ? soundLength(take, rate) : noFrames;
}

/** Where sound ends; a clip of it may run on to the end of its picture, and is silent there. */
export function soundLength(take: TakeFacts, rate: Rate): Frames {
  if (!take.sound) return noFrames;
  return framesToCoverSamples(take.sound.sampleCount, rate, take.sound.sampleRateHz);
}

/** The bound a trim of a clip must keep: a sound clip may reach as far as the picture beside it. */
export function clipLengthLimit(take: TakeFacts, kind: 'picture' | 'sound', rate: Rate): TakeLength {
  if (kind === 'picture') return take.picture ? pictureLength(take.picture, rate) : noFrames;
  const picture = take.picture ? pictureLength(take.picture, rate) : noFrames;
  return picture === 'endless' ? soundLength(take, rate) : maxFrames(picture, soundLength(take, rate));
}

/**
 * How a take first lies in the frame: scaled to fit, so that all of it is seen. A generated shot whose shape is
 * the frame's within 2 % is scaled to cover instead: packs make sizes in steps of 32 pixels, and a hairline of
 * black round a shot made for this frame would be a fault, not a shape.
 */
export function initialFraming(take: TakeFacts, sequence: Pick<Sequence, 'widthPx' | 'heightPx'>): Framing {
  const picture = take.picture;
  const across = picture ? sequence.widthPx / picture.widthPx : 1;
  const down = picture ? sequence.heightPx / picture.heightPx : 1;
  const isNearlySameShape = Math.abs(across / down - 1) < 0.02;
  const wanted = take.origin === 'generated' && isNearlySameShape ? Math.max(across, down) : Math.min(across, down);
  const { low, high } = adjustmentLimits.scale;
  const scale = Math.min(high, Math.max(low, wanted)); // a picture of eight pixels does not fill a frame
  return { xPx: 0, yPx: 0, scale, crop: noCrop, opacity: 1 };
}
