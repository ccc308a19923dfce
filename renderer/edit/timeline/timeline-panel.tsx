import { useWords } from '../../i18n/index.ts';
import type { LaneSize } from './lanes.ts';
import { TimelineBody } from './timeline-body.tsx';
import { TimelineProvider } from './timeline-context.tsx';
import { TimelineToolbar } from './timeline-toolbar.tsx';
import './timeline.css';

/** Tools, ruler, tracks and clips. */
export function TimelinePanel({ size }: { readonly size: LaneSize }) {
  const words = useWords();
  return (
    <section className="panel timeline" aria-label={words('panel.timeline')} data-panel="timeline" tabIndex={-1}>
      <TimelineProvider size={size}>
        <TimelineToolbar />
        <TimelineBody />
      </TimelineProvider>
    </section>
  );
}
