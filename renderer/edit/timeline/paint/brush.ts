import type { Rate } from '../../../../engine/document/time.ts';
import type { Words } from '../../../i18n/index.ts';
import type { MediaFiles } from '../../../media/media-files.ts';
import { type IconName, type IconShape, iconShapes } from '../../../ui/icon-shapes.ts';
import type { Box } from '../scene.ts';
import type { Palette } from './palette.ts';

/** What every painter of the timeline paints with. */
export interface Brush {
  readonly to: CanvasRenderingContext2D;
  readonly palette: Palette;
  readonly words: Words;
  readonly media: MediaFiles;
  readonly rate: Rate;
  readonly pxPerFrame: number;
  /** How much of the lanes is seen. */
  readonly widthPx: number;
}

export const headPx = 18;
const radiusPx = 4;

export function fillBox({ to }: Brush, { leftPx, topPx, widthPx, heightPx }: Box, colour: string): void {
  to.fillStyle = colour;
  to.fillRect(leftPx, topPx, widthPx, heightPx);
}

/** Rounded outline that lies inside the box. */
export function strokeBox(
  { to }: Brush,
  box: Box,
  colour: string,
  linePx: number,
  dashPx: readonly number[] = [],
): void {
  to.save();
  to.strokeStyle = colour;
  to.lineWidth = linePx;
  to.setLineDash([...dashPx]);
  to.beginPath();
  const half = linePx / 2;
  to.roundRect(box.leftPx + half, box.topPx + half, box.widthPx - linePx, box.heightPx - linePx, radiusPx);
  to.stroke();
  to.restore();
}

/** Paints inside a rounded box. */
export function insideBox({ to }: Brush, { leftPx, topPx, widthPx, heightPx }: Box, paint: () => void): void {
  to.save();
  to.beginPath();
  to.roundRect(leftPx, topPx, widthPx, heightPx, radiusPx);
  to.clip();
  paint();
  to.restore();
}

const paths = new Map<IconName, readonly Path2D[]>();

/** An icon of 12 pixels with its left edge at x and its middle at y. */
export function paintIcon({ to }: Brush, name: IconName, x: number, y: number, colour: string): void {
  const shapes: readonly IconShape[] = iconShapes[name];
  const known = paths.get(name) ?? shapes.map(({ d }) => new Path2D(d));
  paths.set(name, known);
  to.save();
  to.translate(x, y - 6);
  to.scale(0.75, 0.75);
  to.strokeStyle = colour;
  to.fillStyle = colour;
  to.lineCap = 'round';
  to.lineJoin = 'round';
  for (const [index, path] of known.entries()) {
    const shape = shapes[index];
    to.lineWidth = shape?.widthPx ?? 1.3;
    to.globalAlpha = shape?.opacity ?? 1;
    if (shape?.fill !== undefined) {
      to.globalAlpha = shape.fill;
      to.fill(path);
      to.globalAlpha = 1;
    }
    to.stroke(path);
  }
  to.restore();
}
