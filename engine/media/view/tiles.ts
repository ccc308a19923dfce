import { codedFrameAt, type FrameTable, firstTakeFrameOf } from '../../contract/frame-table-file.ts';
import { frames } from '../../document/time.ts';
import type { SizePx } from '../decode/to-screen.ts';

/** Tiles in a whole strip: at ten tiles a screen of timeline, six screens of zoom. */
export const wholeStrip = 60;
export const columns = 10;
const tileHeightPx = 72;

/** Evenly spaced take frames, `wholeStrip` at most, the first and the last among them. */
export function evenFrames(frameCount: number, most = wholeStrip): number[] {
  const count = Math.min(most, frameCount);
  if (count === 1) return [0];
  return Array.from({ length: count }, (_, tile) => Math.round((tile * (frameCount - 1)) / (count - 1)));
}

/**
 * The same, but of the frames in between only such as decode alone: for each the key frame nearest to it. Fewer where
 * key frames are far apart.
 */
export function keyFrames(table: FrameTable): number[] {
  const keys = Array.from(table.keys, (isKey, coded) => (isKey ? firstTakeFrameOf(table, coded) : -1)).filter(
    (frame) => frame >= 0,
  );
  const last = table.frameCount - 1;
  const inner = evenFrames(table.frameCount)
    .slice(1, -1)
    .map((frame) => nearest(keys, frame));
  return [...new Set([0, ...inner.filter((frame) => frame > 0 && frame < last), last])].sort((a, b) => a - b);
}

/** The coded frame of each tile. */
export function codedTiles(table: FrameTable, tileFrames: readonly number[]): number[] {
  return tileFrames.map((frame) => codedFrameAt(table, frames(frame)));
}

/** The size of a tile for a picture, whatever its shape. */
export function tileSize({ widthPx, heightPx }: SizePx): SizePx {
  const width = Math.round((tileHeightPx * widthPx) / heightPx / 2) * 2;
  return { widthPx: Math.min(320, Math.max(8, width)), heightPx: tileHeightPx };
}

function nearest(sorted: readonly number[], frame: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < frame) low = middle + 1;
    else high = middle;
  }
  const [before = 0, after = 0] = [sorted[low - 1] ?? sorted[low], sorted[low]];
  return frame - before <= after - frame ? before : after;
}
