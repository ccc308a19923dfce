import { sequenceEnd } from '../../../engine/document/track.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import type { Pull } from '../../ui/follow-pointer.ts';
import { clampScroll } from './time-scale.ts';

const edgePx = 28;
const fastestPxPerFrame = 18;

/** Scrolls the timeline while a dragging pointer stays near its left or right edge; the closer, the faster. */
export function scrollWhileAtEdge(
  { session, film }: Project,
  element: HTMLElement,
  afterScroll: (pull: Pull) => void,
): { readonly at: (pull: Pull) => void; readonly stop: () => void } {
  let frame = 0;
  let last: Pull | undefined;

  const tick = () => {
    frame = 0;
    if (!last) return;
    const speed = speedAt(element.getBoundingClientRect(), last.clientX);
    if (speed === 0) return;
    const { scrollPx, pxPerFrame, lanesWidthPx } = session.getState();
    const end = sequenceEnd(mainSequence(film.film()));
    const next = clampScroll(scrollPx + speed, end, pxPerFrame, lanesWidthPx);
    if (next === scrollPx) return;
    session.setState({ scrollPx: next });
    afterScroll(last);
    frame = requestAnimationFrame(tick);
  };

  return {
    at: (pull) => {
      last = pull;
      frame ||= requestAnimationFrame(tick);
    },
    stop: () => {
      last = undefined;
      cancelAnimationFrame(frame);
    },
  };
}

function speedAt(box: DOMRect, clientX: number): number {
  const intoRight = clientX - (box.right - edgePx);
  const intoLeft = box.left + edgePx - clientX;
  const into = Math.max(intoRight, intoLeft);
  if (into <= 0) return 0;
  const speed = Math.min(1, into / edgePx) * fastestPxPerFrame;
  return intoRight > 0 ? speed : -speed;
}
