import type { Framing } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { applyIntent, type Intent } from '../../../engine/document/intent.ts';
import { newGesture, perform } from '../../state/edits.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import { useProject, useServices } from '../../state/services.tsx';

export interface Adjustment<T> {
  /** Shows a value in the picture while it is dragged. */
  readonly draft: (value: T) => void;
  /** Keeps it: one undo step. */
  readonly commit: (value: T) => void;
}

/** Changes how the selected pictures lie in the frame. */
export function useFramingAdjustment(clipIds: readonly ClipId[]): Adjustment<Partial<Framing>> {
  return useAdjustment((sequenceId, framing) => ({
    kind: 'set-framing',
    gesture: newGesture(),
    sequenceId,
    clipIds,
    framing,
  }));
}

/** Changes the level of the selected sounds. */
export function useGainAdjustment(clipIds: readonly ClipId[]): Adjustment<number> {
  return useAdjustment((sequenceId, gainDb) => ({
    kind: 'set-gain',
    gesture: newGesture(),
    sequenceId,
    clipIds,
    gainDb,
  }));
}

function useAdjustment<T>(
  intentFor: (sequenceId: ReturnType<typeof mainSequence>['id'], value: T) => Intent,
): Adjustment<T> {
  const project = useProject();
  const { notices } = useServices();
  const intent = (value: T) => intentFor(mainSequence(project.film.film()).id, value);
  return {
    draft: (value) => showInViewer(project, intent(value)),
    commit: (value) => {
      project.session.setState({ draft: undefined });
      perform(project, notices, intent(value));
    },
  };
}

function showInViewer({ film, session }: Project, intent: Intent): void {
  const result = applyIntent(film.film(), intent);
  session.setState({ draft: result.kind === 'edited' ? { film: result.film, shownIn: 'viewer' } : undefined });
}
