import { type RefObject, useEffect } from 'react';
import { useWords } from '../../i18n/index.ts';
import { onThemeChange } from '../../shell/theme.ts';
import { mainSequence } from '../../state/project.ts';
import { useProject, useServices } from '../../state/services.tsx';
import type { Session } from '../../state/session-store.ts';
import { lanesHeightPx } from './lanes.ts';
import { paintHandles } from './paint/paint-handles.ts';
import { paintTimeline } from './paint/paint-timeline.ts';
import { readPalette } from './paint/palette.ts';
import { clipsInView } from './scene.ts';
import { useTimeline } from './timeline-context.tsx';

/** Repaints the lanes once a frame after anything that is seen in them has changed; React takes no part in it. */
export function useTimelineCanvas(canvasRef: RefObject<HTMLCanvasElement | null>): void {
  const { film, session, library } = useProject();
  const { media } = useServices();
  const { lanes, stage } = useTimeline();
  const words = useWords();

  useEffect(() => {
    const canvas = canvasRef.current;
    const to = canvas?.getContext('2d');
    if (!canvas || !to) return;
    let frame = 0;
    let palette = readPalette(canvas);

    const paint = () => {
      frame = 0;
      const { draft, selectedClips, selectedEdge, pxPerFrame, scrollPx, lanesWidthPx: widthPx } = session.getState();
      const { lifted, cutAway, snapLine, lasso, hover } = stage.getState();
      const shown = draft?.film ?? film.film();
      const heightPx = lanesHeightPx(lanes);
      sizeCanvas(canvas, to, widthPx, heightPx);
      const scale = { pxPerFrame, scrollPx };
      const clips = clipsInView({
        film: shown,
        library: library.getState(),
        lanes,
        scale,
        widthPx,
        selected: new Set(selectedClips),
        lifted: new Set(lifted),
      });
      const brush = { to, palette, words, media, rate: mainSequence(shown).rate, pxPerFrame, widthPx };
      paintTimeline(brush, { lanes, clips, scale, heightPx, cutAway, snapLine, lasso });
      paintHandles(brush, clips, { hover, chosen: cutAway ?? selectedEdge });
    };
    const schedule = () => {
      frame ||= requestAnimationFrame(paint);
    };
    const repaintTheme = () => {
      palette = readPalette(canvas);
      schedule();
    };

    const stops = [
      film.store.subscribe(schedule),
      session.subscribe((now, before) => looksDifferent(now, before) && schedule()),
      library.subscribe(schedule),
      stage.subscribe(schedule),
      media.onArrival(schedule),
      onThemeChange(repaintTheme),
    ];
    void document.fonts.ready.then(schedule);
    schedule();
    return () => {
      cancelAnimationFrame(frame);
      for (const stop of stops) stop();
    };
  }, [canvasRef, film, session, library, media, lanes, stage, words]);
}

/** The playhead is an element of its own: while it runs the lanes are not painted again. */
function looksDifferent(now: Session, before: Session): boolean {
  return (
    now.draft !== before.draft ||
    now.pxPerFrame !== before.pxPerFrame ||
    now.scrollPx !== before.scrollPx ||
    now.lanesWidthPx !== before.lanesWidthPx ||
    now.selectedClips !== before.selectedClips ||
    now.selectedEdge !== before.selectedEdge
  );
}

/** One canvas pixel a device pixel, so that text and hairlines are sharp. */
export function sizeCanvas(
  canvas: HTMLCanvasElement,
  to: CanvasRenderingContext2D,
  widthPx: number,
  heightPx: number,
): void {
  const ratio = devicePixelRatio;
  const width = Math.round(widthPx * ratio);
  const height = Math.round(heightPx * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${widthPx}px`;
    canvas.style.height = `${heightPx}px`;
  }
  to.setTransform(ratio, 0, 0, ratio, 0, 0);
}
