import type { TakeId } from '../../engine/document/ids.ts';
import { allClips } from '../../engine/document/track.ts';
import { mainSequence, type Project } from '../state/project.ts';
import { selectClips } from '../state/session-store.ts';
import { withPartners } from './selection-edits.ts';
import { scrollToShow } from './timeline/time-scale.ts';

/** Brings the editor to where the film first uses a take: playhead, selection and the timeline's view go there. */
export function showTake(project: Project, takeId: TakeId): void {
  const { film, session, transport } = project;
  const uses = allClips(mainSequence(film.film())).flatMap(({ clip }) => (clip.takeId === takeId ? [clip] : []));
  const first = uses.toSorted((a, b) => a.recordIn - b.recordIn)[0];
  if (!first) return;
  selectClips(session, withPartners(project, first, session.getState().isLinking));
  transport.seek(first.recordIn);
  const { lanesWidthPx } = session.getState();
  session.setState({ scrollPx: scrollToShow(session.getState(), first.recordIn, lanesWidthPx) });
}
