import type { Clip } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { type Frames, frames } from '../../../engine/document/time.ts';
import { clipsInRange } from '../../../engine/document/track.ts';
import type { Project } from '../../state/project.ts';
import { selectClips } from '../../state/session-store.ts';
import { followPointer, type Point, pointIn } from '../../ui/follow-pointer.ts';
import type { Ground } from './gesture.ts';
import type { Box } from './scene.ts';
import { frameUnder } from './time-scale.ts';
import { emptyStage, type StageStore } from './timeline-stage.ts';

export interface LassoFloor {
  readonly project: Project;
  readonly stage: StageStore;
  readonly ground: () => Ground;
  readonly element: HTMLElement;
  readonly press: PointerEvent;
}

/** Selects what a rectangle touches; with Shift, besides what was selected. A plain click deselects. */
export function followLasso({ project, stage, ground, element, press }: LassoFloor): void {
  const { session } = project;
  const before = press.shiftKey ? session.getState().selectedClips : [];
  const origin = pointIn(element, press);
  session.setState({ selectedTakes: [] });
  selectClips(session, before);
  followPointer(press, {
    move: (pull) => {
      const lasso = boxBetween(origin, pointIn(element, pull));
      stage.setState({ lasso });
      selectClips(session, [...new Set([...before, ...clipsTouching(ground(), lasso)])]);
    },
    release: () => stage.setState(emptyStage, true),
    cancel: () => {
      stage.setState(emptyStage, true);
      selectClips(session, before);
    },
  });
}

/** The clips that a rectangle of the lanes touches. */
function clipsTouching({ sequence, lanes, scale }: Ground, box: Box): readonly ClipId[] {
  const range = { in: frameUnder(scale, box.leftPx), out: oneMore(frameUnder(scale, box.leftPx + box.widthPx)) };
  return lanes.flatMap((lane) => {
    const isTouched = lane.topPx < box.topPx + box.heightPx && box.topPx < lane.topPx + lane.heightPx;
    const track = isTouched && sequence.tracks.find((each) => each.id === lane.trackId);
    return track ? clipsInRange<Clip>(track.clips, range).map((clip) => clip.id) : [];
  });
}

function boxBetween(a: Point, b: Point): Box {
  return {
    leftPx: Math.min(a.x, b.x),
    topPx: Math.min(a.y, b.y),
    widthPx: Math.abs(a.x - b.x),
    heightPx: Math.abs(a.y - b.y),
  };
}

function oneMore(at: Frames): Frames {
  return frames(at + 1);
}
