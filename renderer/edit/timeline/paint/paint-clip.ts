import type { TakeView } from '../../../../engine/contract/library.ts';
import { assertNever } from '../../../../engine/document/film.ts';
import type { Box, SceneClip } from '../scene.ts';
import { type Brush, fillBox, headPx, insideBox, paintIcon, strokeBox } from './brush.ts';
import { paintGhost } from './paint-ghost.ts';
import { flatPx, paintStrip } from './paint-strip.ts';
import { paintWave } from './paint-wave.ts';
import { paintText, textWidth } from './text.ts';

const threadPx = 2;
/** Of a head's width, what its mark and the margins take. */
const headTextPx = 30;

/** One clip in the state its take is in. Source: the pictures of ui/07-states. */
export function paintClip(brush: Brush, item: SceneClip): void {
  const { to, palette } = brush;
  to.save();
  if (item.isLifted) to.globalAlpha = 0.92;
  if (item.box.widthPx < flatPx) {
    paintFlat(brush, item);
    to.restore();
    return;
  }
  switch (item.look.kind) {
    case 'ghost':
      paintGhost(brush, item.box, item.look.state);
      break;
    case 'failed':
      paintFailed(brush, item);
      break;
    case 'offline':
      paintOffline(brush, item);
      break;
    case 'unknown':
      paintBody(brush, item, {}, false);
      break;
    case 'footage':
      paintBody(brush, item, item.look.view, false);
      break;
    case 'generated':
      paintBody(brush, item, item.look.view, true);
      break;
    default:
      assertNever(item.look);
  }
  if (item.isDimmed) insideBox(brush, item.box, () => fillBox(brush, item.box, palette.veil));
  if (item.isSelected) strokeBox(brush, item.box, palette.tx1, 2);
  to.restore();
}

/** Too narrow for anything but a bar in the colour of what it is. */
function paintFlat(brush: Brush, { box, clip, look, isSelected }: SceneClip): void {
  const { palette } = brush;
  const body = clip.kind === 'sound' ? palette.clipSound : palette.clipPicture;
  fillBox(brush, box, look.kind === 'ghost' ? palette.ghostHead : look.kind === 'failed' ? palette.failHead : body);
  if (look.kind === 'ghost' || look.kind === 'generated') paintThread(brush, box);
  if (isSelected) fillBox(brush, { ...box, heightPx: threadPx }, palette.tx1);
}

function paintThread(brush: Brush, box: Box): void {
  const topPx = box.topPx + box.heightPx - threadPx;
  fillBox(brush, { ...box, topPx, heightPx: threadPx }, brush.palette.thread);
}

function paintBody(brush: Brush, item: SceneClip, view: TakeView, isGenerated: boolean): void {
  insideBox(brush, item.box, () => {
    if (item.clip.kind === 'sound') paintSound(brush, item, view);
    else paintPicture(brush, item, view);
    if (isGenerated) paintThread(brush, item.box);
  });
}

function paintPicture(brush: Brush, item: SceneClip, view: TakeView): void {
  const { to, palette, rate, widthPx, media } = brush;
  const { box, clip, take } = item;
  fillBox(brush, box, palette.clipPicture);
  const stripBox = { ...box, topPx: box.topPx + headPx, heightPx: box.heightPx - headPx };
  if (take) paintStrip(to, palette, { clip, take, view, box: stripBox, rate, widthPx }, media);
  fillBox(brush, { ...box, heightPx: headPx }, palette.clipHead);
  paintName(brush, box, item.name, palette.tx1);
}

function paintSound(brush: Brush, item: SceneClip, view: TakeView): void {
  const { to, palette, rate, pxPerFrame, widthPx, media } = brush;
  const { box, clip } = item;
  fillBox(brush, box, palette.clipSound);
  const peaks = view.peaks && media.peaks(view.peaks);
  if (peaks && clip.kind === 'sound') {
    const waveBox = { ...box, topPx: box.topPx + 16, heightPx: box.heightPx - 18 };
    paintWave(to, peaks, { clip, box: waveBox, rate, pxPerFrame, widthPx }, palette.wave);
  }
  paintName(brush, box, item.name, palette.wave);
}

/** Keeps the name in sight while its clip is scrolled half out of the window. */
function paintName({ to, palette }: Brush, box: Box, name: string, colour: string): void {
  const x = Math.max(box.leftPx + 6, 6);
  const maxPx = box.leftPx + box.widthPx - 6 - x;
  paintText(to, palette, { value: name, x, y: box.topPx + headPx / 2 + 0.5, maxPx }, colour);
}

function paintFailed(brush: Brush, item: SceneClip): void {
  const { palette, words } = brush;
  const { box } = item;
  insideBox(brush, box, () => {
    fillBox(brush, box, palette.bg3);
    fillBox(brush, { ...box, heightPx: headPx }, palette.failHead);
    // A narrow clip shows the mark alone rather than half of the word.
    const said = words('job.failed');
    const fits = textWidth(brush.to, palette, said) <= box.widthPx - headTextPx;
    paintHead(brush, box, 'error', fits ? said : '', palette.failText);
  });
  strokeBox(brush, box, palette.alarmLine, 1);
}

function paintOffline(brush: Brush, item: SceneClip): void {
  const { to, palette } = brush;
  const { box } = item;
  insideBox(brush, box, () => {
    fillBox(brush, box, palette.bg3);
    to.fillStyle = palette.hatch;
    const from = box.leftPx - box.heightPx;
    for (let x = from; x < box.leftPx + box.widthPx; x += 17) {
      to.beginPath();
      to.moveTo(x, box.topPx + box.heightPx);
      to.lineTo(x + box.heightPx, box.topPx);
      to.lineTo(x + box.heightPx + 8, box.topPx);
      to.lineTo(x + 8, box.topPx + box.heightPx);
      to.fill();
    }
    paintHead(brush, box, 'warning', item.name, palette.alarm);
  });
}

function paintHead(brush: Brush, box: Box, icon: 'error' | 'warning', text: string, colour: string): void {
  const y = box.topPx + headPx / 2;
  const x = Math.max(box.leftPx + 6, 6);
  if (box.widthPx > 24) paintIcon(brush, icon, x, y, colour);
  const maxPx = box.leftPx + box.widthPx + 6 - x - headTextPx;
  paintText(brush.to, brush.palette, { value: text, x: x + 16, y: y + 0.5, maxPx }, colour);
}
