import { createContext, use, useMemo, useState } from 'react';
import { mainSequence, type Project } from '../../state/project.ts';
import { useProject, useSequence } from '../../state/services.tsx';
import type { Ground } from './gesture.ts';
import { type Lane, type LaneSize, lanesOf } from './lanes.ts';
import { createStage, type StageStore } from './timeline-stage.ts';

/** What the parts of the timeline share. */
export interface Timeline {
  readonly lanes: readonly Lane[];
  readonly stage: StageStore;
}

const TimelineContext = createContext<Timeline | undefined>(undefined);

export function TimelineProvider({ size, children }: { readonly size: LaneSize; readonly children: React.ReactNode }) {
  const tracks = useSequence((sequence) => sequence.tracks);
  const [stage] = useState(createStage);
  const timeline = useMemo(() => ({ lanes: lanesOf({ tracks }, size), stage }), [tracks, size, stage]);
  return <TimelineContext value={timeline}>{children}</TimelineContext>;
}

export function useTimeline(): Timeline {
  const timeline = use(TimelineContext);
  if (!timeline) throw new Error('no timeline around this view');
  return timeline;
}

/** The ground under a gesture as it is at this moment. */
export function useGround(): () => Ground {
  const project = useProject();
  const { lanes } = useTimeline();
  return useMemo(() => () => groundOf(project, lanes), [project, lanes]);
}

export function groundOf({ film, session }: Project, lanes: readonly Lane[]): Ground {
  const { pxPerFrame, scrollPx, playhead } = session.getState();
  const present = film.film();
  return { film: present, sequence: mainSequence(present), lanes, scale: { pxPerFrame, scrollPx }, playhead };
}
