import type { Frames } from '../../../../engine/document/time.ts';
import type { CutAway } from '../gesture.ts';
import type { Lane } from '../lanes.ts';
import type { Box, SceneClip } from '../scene.ts';
import { type TimeScale, xOfFrame } from '../time-scale.ts';
import { type Brush, fillBox, strokeBox } from './brush.ts';
import { paintClip } from './paint-clip.ts';

export interface TimelinePicture {
  readonly lanes: readonly Lane[];
  readonly clips: readonly SceneClip[];
  readonly scale: TimeScale;
  readonly heightPx: number;
  readonly cutAway?: CutAway | undefined;
  readonly snapLine?: Frames | undefined;
  readonly lasso?: Box | undefined;
}

/** Everything in the lanes that is not the playhead: bodies of clips, the draft of a gesture, the line it snaps to. */
export function paintTimeline(brush: Brush, picture: TimelinePicture): void {
  const { to, palette, widthPx } = brush;
  to.clearRect(0, 0, widthPx, picture.heightPx);
  for (const lane of picture.lanes) {
    fillBox(brush, { leftPx: 0, topPx: lane.topPx, widthPx, heightPx: lane.heightPx }, palette.lane);
  }
  for (const clip of picture.clips) if (!clip.isLifted) paintClip(brush, clip);
  for (const clip of picture.clips) if (clip.isLifted) paintLifted(brush, clip);
  if (picture.cutAway) paintCutAway(brush, picture, picture.cutAway);
  if (picture.lasso) paintLasso(brush, picture.lasso);
  if (picture.snapLine !== undefined) paintSnapLine(brush, picture, picture.snapLine);
}

function paintLifted(brush: Brush, clip: SceneClip): void {
  const { to, palette } = brush;
  const { leftPx, topPx, widthPx, heightPx } = clip.box;
  to.save();
  to.shadowColor = palette.bg0;
  to.shadowBlur = 16;
  to.shadowOffsetY = 6;
  to.fillStyle = palette.clipPicture;
  to.fillRect(leftPx + 2, topPx + 2, widthPx - 4, heightPx - 4);
  to.restore();
  paintClip(brush, { ...clip, isSelected: true });
}

/** Where a trimmed edge was: the difference stays outlined until the pointer lets go. */
function paintCutAway(brush: Brush, { lanes, scale }: TimelinePicture, { trackId, range }: CutAway): void {
  const lane = lanes.find((each) => each.trackId === trackId);
  if (!lane || range.in === range.out) return;
  const leftPx = xOfFrame(scale, range.in);
  const widthPx = xOfFrame(scale, range.out) - leftPx;
  const box = { leftPx, topPx: lane.topPx + 2, widthPx, heightPx: lane.heightPx - 4 };
  strokeBox(brush, box, brush.palette.line3, 1, [3, 3]);
}

function paintLasso(brush: Brush, box: Box): void {
  const { to, palette } = brush;
  fillBox(brush, box, palette.drop);
  to.strokeStyle = palette.accent;
  to.lineWidth = 1;
  to.strokeRect(box.leftPx + 0.5, box.topPx + 0.5, box.widthPx, box.heightPx);
}

function paintSnapLine({ to, palette }: Brush, picture: TimelinePicture, at: Frames): void {
  const x = Math.round(xOfFrame(picture.scale, at)) - 0.5;
  to.save();
  to.strokeStyle = palette.accent;
  to.lineWidth = 1;
  to.setLineDash([4, 3]);
  to.beginPath();
  to.moveTo(x, 0);
  to.lineTo(x, picture.heightPx);
  to.stroke();
  to.restore();
}
