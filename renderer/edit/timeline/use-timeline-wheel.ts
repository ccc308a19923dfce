import { type RefObject, useEffect } from 'react';
import { sequenceEnd } from '../../../engine/document/track.ts';
import { mainSequence } from '../../state/project.ts';
import { useProject } from '../../state/services.tsx';
import { pointIn } from '../../ui/follow-pointer.ts';
import { clampScroll, zoomAbout } from './time-scale.ts';

/** Wheel scrolls, Mod pans sideways, Alt zooms about the pointer; a trackpad's own sideways movement pans too. */
export function useTimelineWheel(body: RefObject<HTMLElement | null>, lanes: RefObject<HTMLElement | null>): void {
  const { session, film } = useProject();
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { pxPerFrame, scrollPx, lanesWidthPx } = session.getState();
      const end = sequenceEnd(mainSequence(film.film()));
      if (event.altKey) {
        event.preventDefault();
        const x = lanes.current ? pointIn(lanes.current, event).x : 0;
        session.setState(zoomAbout({ pxPerFrame, scrollPx }, Math.exp(-event.deltaY / 300), x));
        return;
      }
      const overflows = element.querySelector('.timeline-tracks');
      const scrollsDown = overflows ? overflows.scrollHeight > overflows.clientHeight : false;
      const isSideways = event.ctrlKey || event.metaKey || event.shiftKey || !scrollsDown;
      const byPx = event.deltaX + (isSideways ? event.deltaY : 0);
      if (byPx === 0) return;
      event.preventDefault(); // Mod and wheel would zoom the page
      session.setState({ scrollPx: clampScroll(scrollPx + byPx, end, pxPerFrame, lanesWidthPx) });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [body, lanes, session, film]);
}
