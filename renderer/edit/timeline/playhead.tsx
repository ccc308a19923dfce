import { useEffect, useRef } from 'react';
import { useProject } from '../../state/services.tsx';
import { pageToShow, scrollToShow, xOfFrame } from './time-scale.ts';

/** The line through the lanes and its head on the ruler; moved by transform alone, and the page turned under it. */
export function Playhead() {
  const project = useProject();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { session, transport, film } = project;
    let lastSeen = session.getState().playhead;
    const place = () => {
      const element = line.current;
      if (!element) return;
      const { playhead, pxPerFrame, scrollPx, lanesWidthPx } = session.getState();
      const scale = { pxPerFrame, scrollPx };
      const x = xOfFrame(scale, playhead);
      element.style.transform = `translateX(${Math.round(x)}px)`;
      element.hidden = x < -8 || x > lanesWidthPx + 8;
      // A playhead that was moved is followed; one that the editor scrolled away from is left where it is.
      const wasMoved = playhead !== lastSeen;
      lastSeen = playhead;
      if (!wasMoved) return;
      const isPlaying = transport.playback.getState().isPlaying;
      const followed = isPlaying
        ? pageToShow(scale, playhead, lanesWidthPx)
        : scrollToShow(scale, playhead, lanesWidthPx);
      if (followed !== undefined && followed !== scrollPx) session.setState({ scrollPx: followed });
    };
    place();
    const stops = [session.subscribe(place), film.store.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [project]);
  return (
    <div className="playhead-layer">
      <div className="playhead" ref={line} data-testid="edit.timeline.playhead-line">
        <svg width="13" height="16" aria-hidden="true">
          <path d="M0 0h13v9l-6.5 7L0 9z" fill="var(--ph)" />
        </svg>
      </div>
    </div>
  );
}
