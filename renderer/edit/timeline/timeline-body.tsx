import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useProject, useSequence } from '../../state/services.tsx';
import { DragLabel } from './drag-label.tsx';
import { Playhead } from './playhead.tsx';
import { PlayheadTimecode } from './playhead-timecode.tsx';
import { useTimeline } from './timeline-context.tsx';
import { TimelineLanes } from './timeline-lanes.tsx';
import { TimelineRuler } from './timeline-ruler.tsx';
import { TimelineScrollbar } from './timeline-scrollbar.tsx';
import { TrackHeader } from './track-header.tsx';
import { useTimelineWheel } from './use-timeline-wheel.ts';

/** The ruler over the lanes, with the track headers at their left and one playhead through both. */
export function TimelineBody() {
  const { session } = useProject();
  const { lanes } = useTimeline();
  const measured = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useTimelineWheel(body, measured);
  useEffect(() => {
    const element = measured.current;
    if (!element) return;
    const observer = new ResizeObserver(() => session.setState({ lanesWidthPx: element.clientWidth }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [session]);
  return (
    <div className="timeline-body" ref={body}>
      <div className="timeline-corner">
        <PlayheadTimecode />
      </div>
      <div className="timeline-ruler" ref={measured}>
        <TimelineRuler />
      </div>
      <div className="timeline-tracks scroll-y">
        <div className="track-headers">
          {lanes.map((lane) => (
            <TrackHeader key={lane.trackId} lane={lane} />
          ))}
        </div>
        <div className="lanes-cell">
          <TimelineLanes />
          <EmptyHint />
        </div>
      </div>
      <Playhead />
      <TimelineScrollbar />
      <DragLabel />
    </div>
  );
}

/** What belongs here, and the key that brings it. */
function EmptyHint() {
  const words = useWords();
  const isEmpty = useSequence(({ tracks }) => tracks.every((track) => track.clips.length === 0));
  const { lanes } = useTimeline();
  const lane = lanes.find((each) => each.label === 'V1');
  if (!isEmpty || !lane) return null;
  return (
    <div className="timeline-empty text-2" style={{ top: lane.topPx + 6, height: lane.heightPx - 12 }}>
      {words('timeline.empty')} <span className="key">G</span> {words('timeline.emptyAfterKey')}
    </div>
  );
}
