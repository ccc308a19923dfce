import { type PointerEvent as ReactPointerEvent, type RefObject, useCallback } from 'react';
import { type Frames, frames } from '../../../engine/document/time.ts';
import { newGesture, perform } from '../../state/edits.ts';
import type { Project } from '../../state/project.ts';
import { type Services, useProject, useServices } from '../../state/services.tsx';
import { selectClips } from '../../state/session-store.ts';
import { followPointer, type Pull, pointIn } from '../../ui/follow-pointer.ts';
import { splitClips, withPartners } from '../selection-edits.ts';
import { scrollWhileAtEdge } from './auto-scroll.ts';
import { draftMove } from './draft-move.ts';
import { draftTrim } from './draft-trim.ts';
import type { GestureDraft, Ground, Manner } from './gesture.ts';
import { type Hit, hitTest } from './hit-test.ts';
import { laneNear } from './lanes.ts';
import { followLasso } from './lasso.ts';
import { frameUnder } from './time-scale.ts';
import { useGround, useTimeline } from './timeline-context.tsx';
import { emptyStage, type StageStore } from './timeline-stage.ts';

type ClipHit = Extract<Hit, { kind: 'clip' }>;

interface Floor {
  readonly project: Project;
  readonly services: Services;
  readonly stage: StageStore;
  readonly ground: () => Ground;
  readonly element: HTMLElement;
}

/** What a press in the lanes begins: a cut with the razor, a trim on an edge, a move on a body, a lasso elsewhere. */
export function useLaneGestures(lanesRef: RefObject<HTMLElement | null>): (event: ReactPointerEvent) => void {
  const project = useProject();
  const services = useServices();
  const { stage } = useTimeline();
  const ground = useGround();
  return useCallback(
    (event) => {
      const element = lanesRef.current;
      if (!element || event.button !== 0) return;
      begin({ project, services, stage, ground, element }, event.nativeEvent);
    },
    [lanesRef, project, services, stage, ground],
  );
}

function begin(floor: Floor, press: PointerEvent): void {
  const { project, services, ground, element } = floor;
  const at = pointIn(element, press);
  const hit = hitTest(ground(), at.x, at.y);
  const { tool, isLinking } = project.session.getState();
  floor.stage.setState({ hover: undefined });
  if (hit.kind !== 'clip') {
    followLasso({ ...floor, press });
    return;
  }
  const withLinks = isLinking && !press.altKey;
  if (tool === 'razor') {
    splitClips(project, services, [hit.clip.id], frameUnder(ground().scale, at.x), withLinks);
    return;
  }
  const isExtending = press.shiftKey || press.ctrlKey || press.metaKey;
  const wasSelected = project.session.getState().selectedClips.includes(hit.clip.id);
  if (!wasSelected) select(project, hit, withLinks, isExtending);
  if (hit.part !== 'body') followTrim(floor, press, hit, hit.part);
  // A press on a selected clip may begin to drag them all: only a release in place chooses among them.
  else followMove(floor, press, hit, () => wasSelected && select(project, hit, withLinks, isExtending));
}

function followMove(floor: Floor, press: PointerEvent, hit: ClipHit, onClick: () => void): void {
  const { project } = floor;
  const selected = project.session.getState().selectedClips;
  const drafting: Drafting = (ground, byFrames, pull) => {
    const lane = laneNear(
      ground.lanes,
      pointIn(floor.element, pull).y,
      hit.clip.kind === 'picture' ? 'video' : 'audio',
    );
    const clipIds = pull.alt ? [hit.clip.id] : selected;
    const target = { byFrames, ...(lane && { trackId: lane.trackId }) };
    return (manner) => draftMove(ground, { kind: 'move', clipIds, grabbed: hit.clip.id }, target, manner);
  };
  followGesture(floor, press, drafting, onClick);
}

function followTrim(floor: Floor, press: PointerEvent, hit: ClipHit, edge: 'in' | 'out'): void {
  const { session } = floor.project;
  const gesture = { kind: 'trim', clipId: hit.clip.id, edge } as const;
  const drafting: Drafting = (ground, byFrames) => (manner) => draftTrim(ground, gesture, byFrames, manner);
  followGesture(floor, press, drafting, () => session.setState({ selectedEdge: { clipId: hit.clip.id, edge } }));
}

type Drafting = (ground: Ground, byFrames: Frames, pull: Pull) => (manner: Manner) => GestureDraft;

/** Shows a draft while the pointer is held, commits it on release, and leaves no trace on Escape. */
function followGesture(floor: Floor, press: PointerEvent, drafting: Drafting, onClick: () => void): void {
  const { project, services, stage, element } = floor;
  const gesture = newGesture();
  const start = floor.ground();
  const pressedAt = exactFrame(start, pointIn(element, press).x);
  const autoScroll = scrollWhileAtEdge(project, element, (pull) => show(pull));
  let draft: GestureDraft | undefined;

  const show = (pull: Pull) => {
    // The film stays as the gesture found it; the view may have scrolled on.
    const ground = { ...start, scale: floor.ground().scale };
    const byFrames = frames(Math.round(exactFrame(ground, pointIn(element, pull).x) - pressedAt) + 0);
    const { isSnapping, isLinking } = project.session.getState();
    const manner: Manner = {
      gesture,
      isSnapping: isSnapping !== pull.isInverting,
      withLinks: isLinking && !pull.alt,
      mode: pull.mod ? 'insert' : 'overwrite',
      keepsTrack: pull.shift,
    };
    draft = drafting(ground, byFrames, pull)(manner);
    showDraft(project, stage, draft, pull);
  };
  const clear = () => {
    autoScroll.stop();
    project.session.setState({ draft: undefined });
    stage.setState(emptyStage, true);
  };
  followPointer(press, {
    move: (pull) => {
      autoScroll.at(pull);
      show(pull);
    },
    release: (_, hasMoved) => {
      const intent = draft?.intent;
      const refused = draft?.isRefused ? draft.words : undefined;
      clear();
      if (!hasMoved) onClick();
      else if (intent) perform(project, services.notices, intent);
      else if (refused) services.notices.tell({ severity: 'note', sentence: refused });
    },
    cancel: clear,
  });
}

/** Puts a draft before the eye: the film as it would be, what is lifted, the line it snapped to, and words. */
export function showDraft(
  { session }: Pick<Project, 'session'>,
  stage: StageStore,
  draft: GestureDraft,
  pull: Pick<Pull, 'clientX' | 'clientY'>,
): void {
  const { film, lifted, cutAway, snapLine, offset, words, isRefused } = draft;
  session.setState({ draft: film && { film, shownIn: 'timeline' } });
  const { clientX, clientY } = pull;
  stage.setState({ lifted, cutAway, snapLine, label: { clientX, clientY, offset, words, isRefused } });
}

/** Selects a clip with its partner; with Shift or Mod, besides the others, or takes it out from among them. */
function select(project: Project, hit: ClipHit, withLinks: boolean, isExtending: boolean): void {
  const { session } = project;
  const chosen = withPartners(project, hit.clip, withLinks);
  const before = isExtending ? session.getState().selectedClips : [];
  const isTakenOut = before.includes(hit.clip.id);
  selectClips(session, isTakenOut ? before.filter((id) => !chosen.includes(id)) : [...new Set([...before, ...chosen])]);
  session.setState({ selectedTakes: [], inspectorTab: 'clip' });
}

function exactFrame({ scale }: Ground, x: number): number {
  return (x + scale.scrollPx) / scale.pxPerFrame;
}
