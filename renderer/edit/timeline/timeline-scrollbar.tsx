import { type PointerEvent, useEffect, useRef } from 'react';
import { sequenceEnd } from '../../../engine/document/track.ts';
import { mainSequence } from '../../state/project.ts';
import { useProject } from '../../state/services.tsx';
import { followPointer } from '../../ui/follow-pointer.ts';
import { clampScroll, contentWidthPx } from './time-scale.ts';

const leastThumbPx = 32;

/** The strip under the lanes. By keyboard the timeline follows the playhead, so this takes no focus of its own. */
export function TimelineScrollbar() {
  const { session, film } = useProject();
  const thumb = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const place = () => {
      if (!thumb.current) return;
      const { thumbPx, leftPx } = measureThumb(session.getState(), sequenceEnd(mainSequence(film.film())));
      thumb.current.style.width = `${thumbPx}px`;
      thumb.current.style.transform = `translateX(${leftPx}px)`;
    };
    place();
    const stops = [session.subscribe(place), film.store.subscribe(place)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, film]);

  const drag = (event: PointerEvent) => {
    const start = session.getState();
    const end = sequenceEnd(mainSequence(film.film()));
    const ratio = contentWidthPx(end, start.pxPerFrame, start.lanesWidthPx) / start.lanesWidthPx;
    followPointer(event.nativeEvent, {
      move: ({ clientX }) => {
        const wanted = start.scrollPx + (clientX - event.clientX) * ratio;
        session.setState({ scrollPx: clampScroll(wanted, end, start.pxPerFrame, start.lanesWidthPx) });
      },
      release: () => {},
      cancel: () => session.setState({ scrollPx: start.scrollPx }),
    });
  };

  return (
    <div className="timeline-scrollbar">
      <div className="timeline-thumb" ref={thumb} onPointerDown={drag} data-testid="edit.timeline.scroll" />
    </div>
  );
}

function measureThumb(
  { pxPerFrame, scrollPx, lanesWidthPx }: { pxPerFrame: number; scrollPx: number; lanesWidthPx: number },
  length: Parameters<typeof contentWidthPx>[0],
): { readonly thumbPx: number; readonly leftPx: number } {
  const content = contentWidthPx(length, pxPerFrame, lanesWidthPx);
  const thumbPx = Math.max(leastThumbPx, (lanesWidthPx / content) * lanesWidthPx);
  const room = content - lanesWidthPx;
  return { thumbPx, leftPx: room <= 0 ? 0 : (Math.min(scrollPx, room) / room) * (lanesWidthPx - thumbPx) };
}
