import type { CodedPlacement } from '../../../engine/render/coded-picture.ts';
import type { ChromaSiting, SampleColour } from '../../../engine/render/colour.ts';

/** A decoded picture as a browser holds it. Whoever decoded it owns it and closes it; drawing never does. */
export type Picture = VideoFrame | ImageBitmap;

export interface DrawnLayer {
  readonly picture: Picture;
  readonly placed: CodedPlacement;
  /** 255 is opaque. */
  readonly alpha: number;
  /** How the samples of a VideoFrame are to be read; a bitmap is RGB already. */
  readonly colour: SampleColour;
  readonly siting: ChromaSiting;
}

/** One frame of a sequence, ready to be drawn: black where no layer lies. */
export interface DrawnFrame {
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the bottom up. */
  readonly layers: readonly DrawnLayer[];
}

/** Whole pixels of a canvas. */
export interface Viewport {
  readonly left: number;
  readonly top: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The largest place of the frame's shape inside a canvas, centred. */
export function fitFrame(
  frame: DrawnFrame | { widthPx: number; heightPx: number },
  canvas: { width: number; height: number },
): Viewport {
  const scale = Math.min(canvas.width / frame.widthPx, canvas.height / frame.heightPx);
  const widthPx = Math.max(1, Math.round(frame.widthPx * scale));
  const heightPx = Math.max(1, Math.round(frame.heightPx * scale));
  const left = Math.floor((canvas.width - widthPx) / 2);
  return { left, top: Math.floor((canvas.height - heightPx) / 2), widthPx, heightPx };
}
