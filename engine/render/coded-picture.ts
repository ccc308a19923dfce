import type { Placement, Rectangle, Size } from './placement.ts';

/** How a picture is coded: its size in the file, and what makes it upright. */
export interface CodedPicture {
  readonly codedWidthPx: number;
  readonly codedHeightPx: number;
  /** Clockwise turn that makes the picture upright, then the flip about its vertical axis. */
  readonly rotationDegrees: 0 | 90 | 180 | 270;
  readonly isMirrored: boolean;
}

/** A placement in the terms of a decoder: cut this out, resample it to that size, turn it, and lay it there. */
export interface CodedPlacement {
  /** Whole coded pixels. */
  readonly source: Rectangle;
  /** Size to resample the source to, before the turn. */
  readonly scaled: Size;
  readonly rotationDegrees: CodedPicture['rotationDegrees'];
  readonly isMirrored: boolean;
  readonly target: Rectangle;
}

/**
 * Carries a placement over from the upright picture (square pixels) to the coded one. Where pixels are not square,
 * the cut falls on the nearest whole coded pixel, half up, and at least one remains.
 */
export function codedPlacement(placement: Placement, upright: Size, coded: CodedPicture): CodedPlacement {
  const { target } = placement;
  const { rotationDegrees, isMirrored } = coded;
  const lying = isLying(rotationDegrees);
  const across = target.right - target.left;
  const down = target.bottom - target.top;
  const unturned = unturn(placement.source, upright, coded);
  const size = lying ? { widthPx: upright.heightPx, heightPx: upright.widthPx } : upright;
  const [left, right] = wholeEdges(unturned.left, unturned.right, coded.codedWidthPx / size.widthPx);
  const [top, bottom] = wholeEdges(unturned.top, unturned.bottom, coded.codedHeightPx / size.heightPx);
  return {
    source: { left, top, right, bottom },
    scaled: lying ? { widthPx: down, heightPx: across } : { widthPx: across, heightPx: down },
    rotationDegrees,
    isMirrored,
    target,
  };
}

/** Whether the turn swaps width and height. */
export function isLying(rotationDegrees: CodedPicture['rotationDegrees']): boolean {
  return rotationDegrees === 90 || rotationDegrees === 270;
}

function unturn(rectangle: Rectangle, upright: Size, { rotationDegrees, isMirrored }: CodedPicture): Rectangle {
  const { widthPx, heightPx } = upright;
  const { top, bottom } = rectangle;
  const left = isMirrored ? widthPx - rectangle.right : rectangle.left;
  const right = isMirrored ? widthPx - rectangle.left : rectangle.right;
  switch (rotationDegrees) {
    case 0:
      return { left, top, right, bottom };
    case 90:
      return { left: top, top: widthPx - right, right: bottom, bottom: widthPx - left };
    case 180:
      return { left: widthPx - right, top: heightPx - bottom, right: widthPx - left, bottom: heightPx - top };
    case 270:
      return { left: heightPx - bottom, top: left, right: heightPx - top, bottom: right };
  }
}

function wholeEdges(low: number, high: number, codedPerUpright: number): readonly [number, number] {
  const start = Math.floor(low * codedPerUpright + 0.5);
  return [start, Math.max(start + 1, Math.floor(high * codedPerUpright + 0.5))];
}
