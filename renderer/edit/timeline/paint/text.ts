import type { Palette } from './palette.ts';

const fitted = new Map<string, string>();
const mostKept = 4000;

/** Paints one line of 11-px text, cut off with an ellipsis where it would be wider than it may. */
export function paintText(
  to: CanvasRenderingContext2D,
  palette: Palette,
  text: { readonly value: string; readonly x: number; readonly y: number; readonly maxPx: number },
  colour: string,
  weight = 400,
): void {
  if (text.maxPx < 8 || text.value === '') return;
  to.font = `${weight} 11px ${palette.font}`;
  to.textBaseline = 'middle';
  to.fillStyle = colour;
  to.fillText(shortened(to, text.value, Math.floor(text.maxPx), weight), text.x, text.y);
}

export function textWidth(to: CanvasRenderingContext2D, palette: Palette, value: string, weight = 400): number {
  to.font = `${weight} 11px ${palette.font}`;
  return to.measureText(value).width;
}

// Measuring is the dearest part of painting a clip, and names repeat from frame to frame.
function shortened(to: CanvasRenderingContext2D, value: string, maxPx: number, weight: number): string {
  const key = `${weight} ${maxPx} ${value}`;
  const known = fitted.get(key);
  if (known !== undefined) return known;
  if (fitted.size > mostKept) fitted.clear();
  const result = shorten(to, value, maxPx);
  fitted.set(key, result);
  return result;
}

function shorten(to: CanvasRenderingContext2D, value: string, maxPx: number): string {
  if (to.measureText(value).width <= maxPx) return value;
  const letters = [...value];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const isShortEnough = to.measureText(`${letters.slice(0, middle).join('')}…`).width <= maxPx;
    if (isShortEnough) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${letters.slice(0, low).join('').trimEnd()}…`;
}
