import type { Filmstrip, TakeView } from '../../../../engine/contract/library.ts';
import type { Clip, TakeFacts } from '../../../../engine/document/film.ts';
import { addFrames, frames, type Rate, takeFrameAt } from '../../../../engine/document/time.ts';
import type { MediaFiles } from '../../../media/media-files.ts';
import type { Box } from '../scene.ts';
import type { Palette } from './palette.ts';

/** Below this a clip shows its first frame only. */
const firstOnlyPx = 40;
/** Below this a clip is a flat bar. */
export const flatPx = 16;

export interface Strip {
  readonly clip: Clip;
  readonly take: TakeFacts;
  readonly view: TakeView;
  readonly box: Box;
  readonly rate: Rate;
  /** The part of the lanes that is seen, so that a clip of an hour paints a window's worth of pictures. */
  readonly widthPx: number;
}

/** Paints frames of a take side by side, cut to 4:3; the clip's first and last frame are always among them. */
export function paintStrip(to: CanvasRenderingContext2D, palette: Palette, strip: Strip, media: MediaFiles): void {
  const { box, view, take } = strip;
  const tilePx = Math.max(8, Math.round((box.heightPx * 4) / 3));
  to.save();
  to.beginPath();
  to.rect(box.leftPx, box.topPx, box.widthPx, box.heightPx);
  to.clip();
  if (take.picture?.kind === 'moving' && view.filmstrip) paintFrames(to, palette, strip, view.filmstrip, tilePx, media);
  else if (view.poster) paintPoster(to, strip, view.poster, tilePx, media);
  to.restore();
}

function paintFrames(
  to: CanvasRenderingContext2D,
  palette: Palette,
  strip: Strip,
  filmstrip: Filmstrip,
  tilePx: number,
  media: MediaFiles,
): void {
  const picture = media.picture(filmstrip.media);
  if (!picture) return;
  const { box } = strip;
  const slots = box.widthPx < firstOnlyPx ? 1 : Math.ceil(box.widthPx / tilePx);
  const first = Math.max(0, Math.floor(-box.leftPx / tilePx));
  const last = Math.min(slots - 1, Math.floor((strip.widthPx - box.leftPx) / tilePx));
  for (let slot = first; slot <= last; slot++) {
    const isLast = slot === slots - 1 && slots > 1;
    const tile = tileShowing(filmstrip, takeFrameOf(strip, isLast ? 1 : (slot * tilePx) / box.widthPx));
    const leftPx = box.leftPx + slot * tilePx;
    drawTile(to, picture, tileBox(filmstrip, tile), {
      leftPx,
      topPx: box.topPx,
      widthPx: tilePx,
      heightPx: box.heightPx,
    });
    to.fillStyle = palette.frameEdge;
    to.fillRect(leftPx + tilePx - 1, box.topPx, 1, box.heightPx);
  }
}

function paintPoster(
  to: CanvasRenderingContext2D,
  { box, widthPx }: Strip,
  poster: NonNullable<TakeView['poster']>,
  tilePx: number,
  media: MediaFiles,
): void {
  const picture = media.picture(poster);
  if (!picture) return;
  const whole = { leftPx: 0, topPx: 0, widthPx: picture.width, heightPx: picture.height };
  const from = Math.max(0, Math.floor(-box.leftPx / tilePx));
  for (let slot = from; box.leftPx + slot * tilePx < Math.min(widthPx, box.leftPx + box.widthPx); slot++) {
    const leftPx = box.leftPx + slot * tilePx;
    drawTile(to, picture, whole, { leftPx, topPx: box.topPx, widthPx: tilePx, heightPx: box.heightPx });
  }
}

/** The take frame shown at a share of a clip; 1 is its last frame. */
function takeFrameOf({ clip, take, rate }: Strip, share: number): number {
  const picture = take.picture;
  if (picture?.kind !== 'moving') return 0;
  const length = clip.recordOut - clip.recordIn;
  const within = frames(Math.min(length - 1, Math.floor(share * length)));
  return Math.min(picture.frameCount - 1, takeFrameAt(addFrames(clip.sourceIn, within), picture.rate, rate));
}

/** The tile nearest to a take frame. */
function tileShowing({ tileFrames }: Pick<Filmstrip, 'tileFrames'>, takeFrame: number): number {
  let best = 0;
  for (const [tile, frame] of tileFrames.entries()) {
    const isNearer = Math.abs(frame - takeFrame) < Math.abs((tileFrames[best] ?? 0) - takeFrame);
    if (isNearer) best = tile;
  }
  return best;
}

function tileBox({ columns, tileWidthPx, tileHeightPx }: Filmstrip, tile: number): Box {
  return {
    leftPx: (tile % columns) * tileWidthPx,
    topPx: Math.floor(tile / columns) * tileHeightPx,
    widthPx: tileWidthPx,
    heightPx: tileHeightPx,
  };
}

/** Draws the middle of a picture so that it covers the target. */
function drawTile(to: CanvasRenderingContext2D, picture: ImageBitmap, from: Box, target: Box): void {
  const scale = Math.max(target.widthPx / from.widthPx, target.heightPx / from.heightPx);
  const widthPx = target.widthPx / scale;
  const heightPx = target.heightPx / scale;
  const left = from.leftPx + (from.widthPx - widthPx) / 2;
  const top = from.topPx + (from.heightPx - heightPx) / 2;
  to.drawImage(picture, left, top, widthPx, heightPx, target.leftPx, target.topPx, target.widthPx, target.heightPx);
}
