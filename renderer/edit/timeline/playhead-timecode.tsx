import { useEffect, useRef } from 'react';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { mainSequence } from '../../state/project.ts';
import { useProject } from '../../state/services.tsx';

/** The playhead's timecode, written straight into the page: it changes with every frame that plays. */
export function PlayheadTimecode({
  className = 'tabular medium',
  testId,
}: {
  readonly className?: string;
  readonly testId?: string;
}) {
  const { session, film } = useProject();
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const write = () => {
      const { rate } = mainSequence(film.film());
      const timecode = formatTimecode(session.getState().playhead, rate, numberingFor(rate));
      if (text.current && text.current.textContent !== timecode) text.current.textContent = timecode;
    };
    write();
    const stops = [session.subscribe(write), film.store.subscribe(write)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, film]);
  return <span ref={text} className={className} data-testid={testId} />;
}
