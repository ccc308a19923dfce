import type { Peaks } from '../../../../engine/contract/peaks-file.ts';
import type { Clip } from '../../../../engine/document/film.ts';
import { framesPerSecond, type Rate } from '../../../../engine/document/time.ts';
import { loudnessBetween } from '../../../media/loudness.ts';
import type { Box } from '../scene.ts';

export interface Wave {
  readonly clip: Extract<Clip, { kind: 'sound' }>;
  readonly box: Box;
  readonly rate: Rate;
  readonly pxPerFrame: number;
  readonly widthPx: number;
}

/** Paints a clip's peaks at its level, one column a pixel, for the columns in view. */
export function paintWave(to: CanvasRenderingContext2D, peaks: Peaks, wave: Wave, colour: string): void {
  const { box, clip, rate, pxPerFrame } = wave;
  const gain = 10 ** (clip.gainDb / 20);
  const middle = box.topPx + box.heightPx / 2;
  const half = box.heightPx / 2;
  const secondsPerPx = 1 / (pxPerFrame * framesPerSecond(rate));
  const startSeconds = clip.sourceIn / framesPerSecond(rate);
  const from = Math.max(0, Math.floor(-box.leftPx));
  const until = Math.min(box.widthPx, wave.widthPx - box.leftPx);
  to.fillStyle = colour;
  to.beginPath();
  for (let column = from; column < until; column++) {
    const seconds = startSeconds + column * secondsPerPx;
    const loudness = loudnessBetween(peaks, seconds, seconds + secondsPerPx);
    if (!loudness) continue;
    const top = middle - Math.min(1, loudness.high * gain) * half;
    const bottom = middle - Math.max(-1, loudness.low * gain) * half;
    to.rect(box.leftPx + column, top, 1, Math.max(1, bottom - top));
  }
  to.fill();
}
