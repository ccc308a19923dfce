import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { frames } from '../../../engine/document/time.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { sequenceEnd } from '../../../engine/document/track.ts';
import { useWords } from '../../i18n/index.ts';
import { onThemeChange } from '../../shell/theme.ts';
import { mainSequence } from '../../state/project.ts';
import { useProject, useSequence } from '../../state/services.tsx';
import { followPointer, pointIn } from '../../ui/follow-pointer.ts';
import { paintRuler } from './paint/paint-ruler.ts';
import { readPalette } from './paint/palette.ts';
import { boundaryNear } from './time-scale.ts';
import { sizeCanvas } from './use-timeline-canvas.ts';

const rulerHeightPx = 36;

/** Timecode over the lanes. Pressing and dragging scrubs; by keyboard it is the playhead's slider. */
export function TimelineRuler() {
  const words = useWords();
  const { session, transport } = useProject();
  const playhead = useStore(session, (state) => state.playhead);
  const end = useSequence(sequenceEnd);
  const rate = useSequence((sequence) => sequence.rate);
  const ruler = useRef<HTMLDivElement>(null);
  const canvas = useRulerCanvas();

  const scrub = (press: PointerEvent) => {
    const element = ruler.current;
    if (!element || press.button !== 0) return;
    const seek = (at: { readonly clientX: number; readonly clientY: number }) =>
      transport.seek(boundaryNear(session.getState(), pointIn(element, at).x));
    transport.pause();
    seek(press);
    followPointer(press, { move: seek, release: () => {}, cancel: () => {} });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -24, PageDown: 24 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    transport.step(event.shiftKey ? step * 5 : step);
  };

  return (
    <div
      ref={ruler}
      className="ruler"
      role="slider"
      tabIndex={0}
      aria-label={words('timeline.playhead')}
      aria-valuemin={0}
      aria-valuemax={end}
      aria-valuenow={playhead}
      aria-valuetext={formatTimecode(frames(playhead), rate, numberingFor(rate))}
      data-testid="edit.timeline.ruler"
      onPointerDown={(event) => scrub(event.nativeEvent)}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} />
    </div>
  );
}

function useRulerCanvas() {
  const { session, film } = useProject();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const to = element?.getContext('2d');
    if (!element || !to) return;
    let frame = 0;
    const paint = () => {
      frame = 0;
      const { pxPerFrame, scrollPx, lanesWidthPx: widthPx } = session.getState();
      sizeCanvas(element, to, widthPx, rulerHeightPx);
      const { rate } = mainSequence(film.film());
      paintRuler(to, readPalette(element), { rate, scale: { pxPerFrame, scrollPx }, widthPx, heightPx: rulerHeightPx });
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(paint);
    };
    const onSession = (now: ReturnType<typeof session.getState>, before: typeof now) => {
      const isSame =
        now.pxPerFrame === before.pxPerFrame &&
        now.scrollPx === before.scrollPx &&
        now.lanesWidthPx === before.lanesWidthPx;
      if (!isSame) schedule();
    };
    const stops = [session.subscribe(onSession), film.store.subscribe(schedule), onThemeChange(schedule)];
    void document.fonts.ready.then(schedule);
    schedule();
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [session, film]);
  return canvas;
}
