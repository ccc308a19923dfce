import { type DragEvent, type RefObject, useEffect, useMemo } from 'react';
import type { TakeFacts } from '../../../engine/document/film.ts';
import type { PlaceTakes } from '../../../engine/document/place-takes.ts';
import { formatTimecode, numberingFor } from '../../../engine/document/timecode.ts';
import { sentence } from '../../i18n/sentence.ts';
import { importDropped } from '../../media/import-media.ts';
import { newGesture } from '../../state/edits.ts';
import type { Project } from '../../state/project.ts';
import { type Services, useProject, useServices } from '../../state/services.tsx';
import { type Pull, pointIn } from '../../ui/follow-pointer.ts';
import { commitPlacing } from '../place-takes.ts';
import { offerTakeTarget, type TakeTarget } from '../take-drag.ts';
import { draftPlace } from './draft-place.ts';
import type { GestureDraft, Ground, Manner } from './gesture.ts';
import { laneNear } from './lanes.ts';
import { boundaryNear } from './time-scale.ts';
import { useGround, useTimeline } from './timeline-context.tsx';
import { emptyStage, type StageStore } from './timeline-stage.ts';
import { showDraft } from './use-lane-gestures.ts';

/** Lets takes be dropped on the lanes: from the bin with a full draft, from disk with the place in words. */
export function useTakeDrops(area: RefObject<HTMLElement | null>): DropHandlers {
  const project = useProject();
  const services = useServices();
  const { stage } = useTimeline();
  const ground = useGround();
  useEffect(() => {
    const element = area.current;
    if (element) return offerTakeTarget(takeTarget({ project, services, stage, ground, element }));
  }, [area, project, services, stage, ground]);
  return useMemo(
    () => fileDropHandlers({ project, services, stage, ground, area }),
    [area, project, services, stage, ground],
  );
}

interface DropFloor {
  readonly project: Project;
  readonly services: Services;
  readonly stage: StageStore;
  readonly ground: () => Ground;
}

function takeTarget({ project, services, stage, ground, element }: DropFloor & { element: HTMLElement }): TakeTarget {
  const gesture = newGesture();
  let draft: GestureDraft | undefined;
  const leave = () => {
    draft = undefined;
    project.session.setState({ draft: undefined });
    stage.setState(emptyStage, true);
  };
  return {
    element,
    leave,
    over: (takes, pull) => {
      draft = draftPlace(ground(), takes, targetAt(ground(), element, pull), mannerOf(project, pull, gesture));
      showDraft(project, stage, draft, pull);
    },
    drop: () => {
      const intent = draft?.intent;
      const refused = draft?.isRefused ? draft.words : undefined;
      leave();
      focusPanel(element);
      if (intent?.kind === 'place') commitPlacing(project, services, { ...intent, gesture: newGesture() });
      else if (refused) services.notices.tell({ severity: 'note', sentence: refused });
    },
  };
}

export interface DropHandlers {
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: () => void;
  readonly onDrop: (event: DragEvent) => void;
}

/** Files tell nothing of themselves before they are read: only where they would go can be shown. */
function fileDropHandlers(floor: DropFloor & { area: RefObject<HTMLElement | null> }): DropHandlers {
  const { project, services, stage, ground, area } = floor;
  const clear = () => stage.setState(emptyStage, true);
  return {
    onDragOver: (event) => {
      const element = area.current;
      if (!element || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      const { sequence, scale } = ground();
      const at = boundaryNear(scale, pointIn(element, event).x);
      const timecode = formatTimecode(at, sequence.rate, numberingFor(sequence.rate));
      const words = sentence(isModHeld(event) ? 'drag.insert' : 'drag.place', { at: timecode });
      stage.setState({
        snapLine: at,
        label: { clientX: event.clientX, clientY: event.clientY, words, isRefused: false },
      });
    },
    onDragLeave: clear,
    onDrop: (event) => {
      const element = area.current;
      if (!element || event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      clear();
      focusPanel(element);
      const target = targetAt(ground(), element, event);
      const mode = isModHeld(event) ? 'insert' : 'overwrite';
      void importDropped(project, services, [...event.dataTransfer.files]).then((takes) =>
        placeDropped(floor, takes, target, mode),
      );
    },
  };
}

function placeDropped(
  { project, services, ground }: DropFloor,
  takes: readonly TakeFacts[],
  target: ReturnType<typeof targetAt>,
  mode: PlaceTakes['mode'],
): void {
  if (takes.length === 0) return;
  const manner: Manner = { gesture: newGesture(), isSnapping: false, withLinks: true, mode, keepsTrack: false };
  const { intent, words } = draftPlace(ground(), takes, target, manner);
  if (intent?.kind === 'place') commitPlacing(project, services, intent);
  else if (words) services.notices.tell({ severity: 'note', sentence: words });
}

/** What was let go here is worked on here: the arrows step the playhead again, and no longer walk the bin. */
function focusPanel(element: HTMLElement): void {
  element.closest<HTMLElement>('[data-panel]')?.focus();
}

function targetAt({ lanes, scale }: Ground, element: HTMLElement, at: { clientX: number; clientY: number }) {
  const { x, y } = pointIn(element, at);
  const lane = laneNear(lanes, y);
  return { at: boundaryNear(scale, x), ...(lane && { trackId: lane.trackId }) };
}

function mannerOf({ session }: Project, pull: Pull, gesture: Manner['gesture']): Manner {
  const { isSnapping, isLinking } = session.getState();
  return {
    gesture,
    isSnapping: isSnapping !== pull.isInverting,
    withLinks: isLinking && !pull.alt,
    mode: pull.mod ? 'insert' : 'overwrite',
    keepsTrack: pull.shift,
  };
}

function isModHeld(event: DragEvent): boolean {
  return event.ctrlKey || event.metaKey;
}
