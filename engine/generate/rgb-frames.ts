import type { FloatTensor } from './loom-graphs.ts';

/** Finished pictures of a shot, in order: 8-bit R'G'B', three bytes a pixel, row by row, frame after frame. */
export interface RgbFrames {
  readonly firstFrame: number;
  readonly frameCount: number;
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/**
 * Pixels [1, 3, frames, H, W] in [−1, 1] as the first `frameCount` frames of 8 bits: −1 is 0, 1 is 255, clamped,
 * rounded half up.
 */
export function toRgb24({ data, shape }: FloatTensor, frameCount: number): Uint8Array<ArrayBuffer> {
  const [, , frames = 0, height = 0, width = 0] = shape;
  const cells = height * width;
  const pixels = new Uint8ClampedArray(frameCount * cells * 3);
  for (let colour = 0; colour < 3; colour++) {
    for (let frame = 0; frame < frameCount; frame++) {
      const from = (colour * frames + frame) * cells;
      const to = frame * cells * 3 + colour;
      for (let cell = 0; cell < cells; cell++) {
        pixels[to + cell * 3] = Math.floor(((data[from + cell] ?? 0) + 1) * 127.5 + 0.5);
      }
    }
  }
  return new Uint8Array(pixels.buffer);
}
