import type { Film, Sequence } from '../../../engine/document/film.ts';
import type { ClipId, GestureId, TrackId } from '../../../engine/document/ids.ts';
import type { Intent } from '../../../engine/document/intent.ts';
import type { FrameRange, Frames } from '../../../engine/document/time.ts';
import type { Sentence } from '../../i18n/sentence.ts';
import type { Lane } from './lanes.ts';
import type { TimeScale } from './time-scale.ts';

/** The timeline as a gesture finds it: nothing here changes while the gesture lasts, except what is seen of it. */
export interface Ground {
  readonly film: Film;
  readonly sequence: Sequence;
  readonly lanes: readonly Lane[];
  readonly scale: TimeScale;
  readonly playhead: Frames;
}

/** How the gesture is meant, read from switches and held keys at each movement. Source: EDITING §2, modifiers. */
export interface Manner {
  readonly gesture: GestureId;
  /** Snapping, already turned round by a held S. */
  readonly isSnapping: boolean;
  /** Whether a picture takes its sound along; Alt takes one half. */
  readonly withLinks: boolean;
  /** Mod: insert instead of overwrite. */
  readonly mode: 'overwrite' | 'insert';
  /** Shift: keep the track. */
  readonly keepsTrack: boolean;
}

export interface CutAway {
  readonly clipId: ClipId;
  readonly edge: 'in' | 'out';
  readonly trackId: TrackId;
  readonly range: FrameRange;
}

/** What is drawn while a gesture lasts, and what its release commits. */
export interface GestureDraft {
  /** Absent where a release here would do nothing. */
  readonly intent?: Intent;
  /** The film as the intent leaves it. */
  readonly film?: Film;
  /** Drawn raised above the others. */
  readonly lifted: readonly ClipId[];
  /** Where a trimmed edge was and is: what lies between stays outlined. */
  readonly cutAway?: CutAway;
  readonly snapLine?: Frames;
  /** Shown at the pointer: a signed offset where there is one, then the outcome in words. */
  readonly offset?: Frames;
  readonly words?: Sentence;
  readonly isRefused: boolean;
}
