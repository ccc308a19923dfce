import type { Panels } from '../../state/settings-store.ts';
import type { LaneSize } from '../timeline/lanes.ts';

export interface PanelSizes {
  readonly leftPx: number;
  readonly rightPx: number;
  readonly timelinePx: number;
}

/** Least and initial sizes. Source: ui/SPEC §3. */
export const panelLimits = {
  left: { least: 232, large: 296, small: 48, most: 560 },
  right: { least: 300, large: 336, small: 300, most: 560 },
  timeline: { least: 240, large: 408, small: 300 },
  viewer: { leastWidth: 480, leastHeight: 200 },
} as const;

/** Below 1400 wide or 800 high the window is small: the media panel becomes a rail and names give way. */
export function sizeOfWindow(widthPx: number, heightPx: number): LaneSize {
  return widthPx < 1400 || heightPx < 800 ? 'small' : 'large';
}

/** The sizes that were dragged, or else the initial ones, held so that the viewer keeps its least size. */
export function fitPanels(panels: Panels, size: LaneSize, widthPx: number, heightPx: number): PanelSizes {
  const { left, right, timeline, viewer } = panelLimits;
  const rightPx = hold(panels.rightPx ?? right[size], right.least, right.most);
  const leftPx = size === 'small' ? left.small : hold(panels.leftPx ?? left.large, left.least, left.most);
  const spare = widthPx - viewer.leastWidth - rightPx;
  const mostTimeline = Math.max(timeline.least, heightPx - 70 - viewer.leastHeight - 90);
  return {
    leftPx: size === 'small' ? leftPx : Math.max(left.least, Math.min(leftPx, spare)),
    rightPx,
    timelinePx: hold(panels.timelinePx ?? timeline[size], timeline.least, mostTimeline),
  };
}

function hold(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
