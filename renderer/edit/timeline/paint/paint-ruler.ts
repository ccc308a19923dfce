import { frames, type Rate } from '../../../../engine/document/time.ts';
import { formatTimecode, numberingFor } from '../../../../engine/document/timecode.ts';
import { frameUnder, rulerTicks, type TimeScale, xOfFrame } from '../time-scale.ts';
import type { Palette } from './palette.ts';

export interface RulerPicture {
  readonly rate: Rate;
  readonly scale: TimeScale;
  readonly widthPx: number;
  readonly heightPx: number;
}

export function paintRuler(to: CanvasRenderingContext2D, palette: Palette, picture: RulerPicture): void {
  const { rate, scale, widthPx, heightPx } = picture;
  to.clearRect(0, 0, widthPx, heightPx);
  to.font = `400 11px ${palette.font}`;
  to.fontVariantCaps = 'normal';
  to.textBaseline = 'middle';
  const until = frames(frameUnder(scale, widthPx) + 1);
  for (const { at, kind } of rulerTicks(frameUnder(scale, 0), until, rate, scale.pxPerFrame)) {
    const x = Math.round(xOfFrame(scale, at));
    const tickPx = kind === 'labelled' ? 10 : 4;
    to.fillStyle = kind === 'labelled' ? palette.line3 : palette.line2;
    to.fillRect(x, heightPx - tickPx, 1, tickPx);
    if (kind === 'plain') continue;
    to.fillStyle = palette.tx3;
    to.fillText(formatTimecode(at, rate, numberingFor(rate)), x + 5, 9);
  }
}
