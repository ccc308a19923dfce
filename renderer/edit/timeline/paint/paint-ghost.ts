import type { JobState } from '../../../../engine/contract/job.ts';
import { percentDone, shareDone, shortPhaseOf } from '../../../jobs/job-words.ts';
import type { IconName } from '../../../ui/icon-shapes.ts';
import type { Box } from '../scene.ts';
import { type Brush, fillBox, headPx, insideBox, paintIcon, strokeBox } from './brush.ts';
import { paintText, textWidth } from './text.ts';

const progressPx = 3;

/** Frames still to come: a dashed thread round them, the phase, and how far it is. */
export function paintGhost(brush: Brush, box: Box, state: JobState): void {
  const { to, palette, words } = brush;
  insideBox(brush, box, () => {
    fillBox(brush, box, palette.ghost);
    fillBox(brush, { ...box, heightPx: headPx }, palette.ghostHead);
    const y = box.topPx + headPx / 2;
    const x = Math.max(box.leftPx + 6, 6);
    const right = box.leftPx + box.widthPx - 6;
    const percent = state.kind === 'running' ? words('job.percent', { percent: percentDone(state) }) : '';
    const percentPx = percent && right - x > 28 ? textWidth(to, palette, percent, 500) : 0;
    if (percentPx > 0) {
      paintText(
        to,
        palette,
        { value: percent, x: right - percentPx, y: y + 0.5, maxPx: percentPx + 1 },
        palette.accent,
        500,
      );
    }
    // A narrow ghost says how far it is rather than half of what it does.
    const phasePx = right - percentPx - x - 20;
    const maxPx = percentPx > 0 && phasePx < 40 ? 0 : phasePx;
    if (right - percentPx - x > 14) paintIcon(brush, iconOf(state), x, y, palette.accent);
    paintText(to, palette, { value: words(shortPhaseOf(state)), x: x + 16, y: y + 0.5, maxPx }, palette.accent, 500);
    const topPx = box.topPx + box.heightPx - progressPx;
    fillBox(brush, { ...box, topPx, heightPx: progressPx, widthPx: box.widthPx * shareDone(state) }, palette.thread);
  });
  strokeBox(brush, box, palette.thread, 1.5, [4, 3]);
}

function iconOf(state: JobState): IconName {
  if (state.kind === 'queued') return 'clock';
  return state.kind === 'paused' || state.kind === 'cancelled' ? 'pause' : 'generate';
}
