import { type Frames, frames, framesToSeconds, type Rate } from '../../../engine/document/time.ts';

/** How record time lies on the screen: frame 0 is at x = −scrollPx of the lanes. */
export interface TimeScale {
  readonly pxPerFrame: number;
  readonly scrollPx: number;
}

/** 24 px a frame shows single frames; 0.002 shows four hours on a laptop. */
const zoomLimits = { low: 0.002, high: 24 } as const;

export function xOfFrame({ pxPerFrame, scrollPx }: TimeScale, at: Frames): number {
  return at * pxPerFrame - scrollPx;
}

/** The frame whose span of pixels holds x; before the start of the film it is 0. */
export function frameUnder({ pxPerFrame, scrollPx }: TimeScale, x: number): Frames {
  return frames(Math.max(0, Math.floor((x + scrollPx) / pxPerFrame)));
}

/** The frame boundary nearest to x; before the start of the film it is 0. */
export function boundaryNear({ pxPerFrame, scrollPx }: TimeScale, x: number): Frames {
  return frames(Math.max(0, Math.round((x + scrollPx) / pxPerFrame)));
}

/** Zooms by a factor so that what lies at x stays there. */
export function zoomAbout(scale: TimeScale, factor: number, x: number): TimeScale {
  const pxPerFrame = clamp(scale.pxPerFrame * factor, zoomLimits.low, zoomLimits.high);
  const atX = (x + scale.scrollPx) / scale.pxPerFrame;
  return { pxPerFrame, scrollPx: Math.max(0, atX * pxPerFrame - x) };
}

/** Zooms about the playhead while it is in view, else about the middle of what is. */
export function zoomAboutPlayhead(scale: TimeScale, factor: number, playhead: Frames, widthPx: number): TimeScale {
  const x = xOfFrame(scale, playhead);
  return zoomAbout(scale, factor, x >= 0 && x <= widthPx ? x : widthPx / 2);
}

/** The whole film with a little air behind it; an empty film keeps half a minute. */
export function fitScale(length: Frames, rate: Rate, widthPx: number): TimeScale {
  const shown = length > 0 ? length * 1.04 : (30 * rate.num) / rate.den;
  return { pxPerFrame: clamp(widthPx / shown, zoomLimits.low, zoomLimits.high), scrollPx: 0 };
}

/** How wide the timeline is in all: half a window of room behind the last clip, to drop into. */
export function contentWidthPx(length: Frames, pxPerFrame: number, widthPx: number): number {
  return Math.max(widthPx, length * pxPerFrame + widthPx / 2);
}

export function clampScroll(scrollPx: number, length: Frames, pxPerFrame: number, widthPx: number): number {
  return clamp(scrollPx, 0, contentWidthPx(length, pxPerFrame, widthPx) - widthPx);
}

/** Scrolls by pages while the playhead runs: undefined while it is in view. */
export function pageToShow(scale: TimeScale, at: Frames, widthPx: number): number | undefined {
  const x = xOfFrame(scale, at);
  if (x >= 0 && x < widthPx) return undefined;
  return Math.max(0, at * scale.pxPerFrame - (x < 0 ? widthPx * 0.9 : widthPx * 0.1));
}

/** Scrolls just as far as it takes to bring a frame into view. */
export function scrollToShow(scale: TimeScale, at: Frames, widthPx: number): number {
  const x = xOfFrame(scale, at);
  const marginPx = Math.min(40, widthPx / 8);
  if (x < 0) return Math.max(0, scale.scrollPx + x - marginPx);
  return x > widthPx ? scale.scrollPx + x - widthPx + marginPx : scale.scrollPx;
}

/** The zoom slider runs in equal steps of ratio, from 0 (everything small) to 1. */
export function zoomToSlider(pxPerFrame: number): number {
  return Math.log(pxPerFrame / zoomLimits.low) / Math.log(zoomLimits.high / zoomLimits.low);
}

export function sliderToZoom(value: number): number {
  return zoomLimits.low * (zoomLimits.high / zoomLimits.low) ** value;
}

export interface RulerTick {
  readonly at: Frames;
  readonly kind: 'labelled' | 'plain';
}

const leastLabelPx = 96;

/** Ticks between two frames: labels no closer than they are wide, each stretch between them cut in five (or fewer frames). */
export function rulerTicks(from: Frames, to: Frames, rate: Rate, pxPerFrame: number): readonly RulerTick[] {
  const label = labelStepFrames(rate, pxPerFrame);
  const plain = Math.max(1, Math.round(label / 5));
  const step = label % plain === 0 ? plain : label;
  const ticks: RulerTick[] = [];
  for (let at = Math.floor(from / label) * label; at <= to; at += step) {
    ticks.push({ at: frames(at), kind: at % label === 0 ? 'labelled' : 'plain' });
  }
  return ticks;
}

/** Steps that divide a second evenly, then round numbers of seconds. */
function labelStepFrames(rate: Rate, pxPerFrame: number): number {
  const perSecond = Math.round(rate.num / rate.den);
  const within = Array.from({ length: perSecond - 1 }, (_, index) => index + 1).filter((n) => perSecond % n === 0);
  const seconds = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((count) => count * perSecond);
  return [...within, ...seconds].find((count) => count * pxPerFrame >= leastLabelPx) ?? 7200 * perSecond;
}

/** Seconds on the timeline, for words like "4.0 s". */
export function secondsOf(length: Frames, rate: Rate): number {
  return framesToSeconds(length, rate);
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
