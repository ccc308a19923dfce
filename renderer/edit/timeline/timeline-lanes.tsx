import { type PointerEvent, useRef } from 'react';
import { useProject, useSession } from '../../state/services.tsx';
import { pointIn } from '../../ui/follow-pointer.ts';
import { ClipMenu } from './clip-menu.tsx';
import { hitTest } from './hit-test.ts';
import { lanesHeightPx } from './lanes.ts';
import { useGround, useTimeline } from './timeline-context.tsx';
import { TimelineGrid } from './timeline-grid.tsx';
import { useLaneGestures } from './use-lane-gestures.ts';
import { useTakeDrops } from './use-take-drops.ts';
import { useTimelineCanvas } from './use-timeline-canvas.ts';

/** The lanes: bodies of clips on a canvas, and over it the grid that keyboards and screen readers meet. */
export function TimelineLanes() {
  const { lanes } = useTimeline();
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tool = useSession((session) => session.tool);
  useTimelineCanvas(canvas);
  const onPointerDown = useLaneGestures(area);
  const onHover = useHover(area);
  const dropHandlers = useTakeDrops(area);
  return (
    <ClipMenu area={area}>
      <div
        ref={area}
        className={`lanes is-${tool}`}
        style={{ height: lanesHeightPx(lanes) }}
        data-testid="edit.timeline.lanes"
        onPointerDown={onPointerDown}
        onPointerMove={onHover.move}
        onPointerLeave={onHover.leave}
        {...dropHandlers}
      >
        <canvas ref={canvas} />
        <TimelineGrid />
      </div>
    </ClipMenu>
  );
}

/** Shows the handles of the clip under the pointer, and the cursor of what a press would begin. */
function useHover(area: React.RefObject<HTMLDivElement | null>) {
  const { session } = useProject();
  const { stage } = useTimeline();
  const ground = useGround();
  const leave = () => stage.setState({ hover: undefined });
  const move = (event: PointerEvent) => {
    const element = area.current;
    if (!element || event.buttons !== 0) return;
    const { x, y } = pointIn(element, event);
    const hit = hitTest(ground(), x, y);
    const isRazor = session.getState().tool === 'razor';
    element.dataset.over = hit.kind !== 'clip' || isRazor ? hit.kind : hit.part;
    stage.setState({ hover: hit.kind === 'clip' && !isRazor ? { clipId: hit.clip.id, part: hit.part } : undefined });
  };
  return { move, leave };
}
