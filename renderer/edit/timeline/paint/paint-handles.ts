import type { ClipEdge } from '../../../state/session-store.ts';
import type { SceneClip } from '../scene.ts';
import type { Stage } from '../timeline-stage.ts';
import { type Brush, fillBox, insideBox } from './brush.ts';

const handlePx = 6;

export interface Handles {
  readonly hover: Stage['hover'];
  /** The edge that is being trimmed, or that the trim keys move. */
  readonly chosen: ClipEdge | undefined;
}

/** The bars at the edges of the clip under the pointer, and the one that the trim keys move. */
export function paintHandles(brush: Brush, clips: readonly SceneClip[], { hover, chosen }: Handles): void {
  const { palette } = brush;
  for (const item of clips) {
    if (item.box.widthPx < 24) continue;
    if (hover?.clipId === item.clip.id) {
      for (const edge of ['in', 'out'] as const) paintHandle(brush, item, edge, palette.tx1);
    }
    if (chosen?.clipId === item.clip.id) paintHandle(brush, item, chosen.edge, palette.accent);
  }
}

function paintHandle(brush: Brush, { box }: SceneClip, edge: 'in' | 'out', colour: string): void {
  const { palette } = brush;
  const leftPx = edge === 'in' ? box.leftPx : box.leftPx + box.widthPx - handlePx;
  insideBox(brush, box, () => fillBox(brush, { ...box, leftPx, widthPx: handlePx }, colour));
  const gripPx = 14;
  const topPx = box.topPx + (box.heightPx - gripPx) / 2;
  fillBox(brush, { leftPx: leftPx + 2.5, topPx, widthPx: 1, heightPx: gripPx }, palette.bg0);
}
