import type { ClipId } from '../../../engine/document/ids.ts';
import { applyIntent } from '../../../engine/document/intent.ts';
import {
  addFrames,
  clampFrames,
  type FrameRange,
  type Frames,
  maxFrames,
  minFrames,
} from '../../../engine/document/time.ts';
import { findClip } from '../../../engine/document/track.ts';
import { type TrimClips, type TrimStop, trimLimits } from '../../../engine/document/trim-clips.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { sentence } from '../../i18n/sentence.ts';
import { trackLabel } from '../../i18n/told-sentences.ts';
import type { GestureDraft, Ground, Manner } from './gesture.ts';
import { snapShift, snapTargets } from './snapping.ts';

export interface TrimGesture {
  readonly kind: 'trim';
  readonly clipId: ClipId;
  readonly edge: 'in' | 'out';
}

const stopWords: Readonly<Record<TrimStop, MessageKey>> = {
  'end-of-media': 'drag.endOfMedia',
  'at-neighbour': 'drag.atNeighbour',
  'too-short': 'drag.tooShort',
  'before-start': 'drag.atStart',
};

/** The film with the edge where the pointer has it: snapped, and stopped in words where the media or a neighbour is. */
export function draftTrim(ground: Ground, gesture: TrimGesture, byFrames: Frames, manner: Manner): GestureDraft {
  const { sequence, film, playhead, scale } = ground;
  const trimmed: Omit<TrimClips, 'byFrames'> = {
    kind: 'trim',
    gesture: manner.gesture,
    sequenceId: sequence.id,
    clipIds: [gesture.clipId],
    edge: gesture.edge,
    withLinks: manner.withLinks,
  };
  const nothing: GestureDraft = { lifted: [], isRefused: true };
  const located = findClip(sequence, gesture.clipId);
  if (!located) return nothing;
  const limits = trimLimits(film, trimmed);
  if (!limits) return { ...nothing, words: sentence('drag.locked', { track: trackLabel(film, located.track.id) }) };

  const edge = gesture.edge === 'in' ? located.clip.recordIn : located.clip.recordOut;
  const snapped = manner.isSnapping
    ? snapShift([edge], byFrames, snapTargets(sequence, playhead, [gesture.clipId]), scale.pxPerFrame)
    : { by: byFrames };
  const by = clampFrames(snapped.by, limits.left, limits.right);
  const stop =
    by === limits.left && snapped.by <= by
      ? limits.stopLeft
      : by === limits.right && snapped.by >= by
        ? limits.stopRight
        : undefined;
  const isAtStop = stop !== undefined && byFrames !== 0;
  const told = {
    lifted: [],
    offset: by,
    cutAway: { clipId: gesture.clipId, edge: gesture.edge, trackId: located.track.id, range: cutRange(edge, by) },
    ...(snapped.at !== undefined && snapped.by === by && { snapLine: snapped.at }),
    ...(isAtStop && { words: sentence(stopWords[stop]) }),
  };
  const intent: TrimClips = { ...trimmed, byFrames: by };
  const result = applyIntent(film, intent);
  return result.kind === 'edited'
    ? { ...told, intent, film: result.film, isRefused: false }
    : { ...told, isRefused: false };
}

/** The frames between where an edge was and where it is. */
function cutRange(edge: Frames, by: Frames): FrameRange {
  const moved = addFrames(edge, by);
  return { in: minFrames(edge, moved), out: maxFrames(edge, moved) };
}
