import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Film } from '../../engine/document/film.ts';
import type { ClipId, TakeId } from '../../engine/document/ids.ts';
import { type Frames, noFrames } from '../../engine/document/time.ts';

/** Where the editor is and looks: never saved with the film, never undone. */
export interface Session {
  readonly playhead: Frames;
  readonly selectedClips: readonly ClipId[];
  /** The edge that the trim keys move; only while its clip is selected. */
  readonly selectedEdge?: ClipEdge | undefined;
  readonly selectedTakes: readonly TakeId[];
  readonly tool: 'select' | 'razor';
  readonly isSnapping: boolean;
  /** Whether a picture and its own sound are edited together. */
  readonly isLinking: boolean;
  readonly inspectorTab: 'clip' | 'generate';
  /** How much of the timeline is seen, and from where. */
  readonly pxPerFrame: number;
  readonly scrollPx: number;
  /** How wide the lanes are in the window, measured by the timeline. */
  readonly lanesWidthPx: number;
  /** The film as a gesture under way would leave it; the document is untouched until it ends. */
  readonly draft?: Draft | undefined;
}

export interface ClipEdge {
  readonly clipId: ClipId;
  readonly edge: 'in' | 'out';
}

export interface Draft {
  readonly film: Film;
  /** A change of framing or level is judged in the picture; a drag on the timeline is judged there. */
  readonly shownIn: 'viewer' | 'timeline';
}

export type SessionStore = StoreApi<Session>;

/** 30 px a second at 24 frames: about half a minute on a 1600-px window. */
const initialPxPerFrame = 1.25;

export function createSessionStore(saved: Partial<Session> = {}): SessionStore {
  return createStore<Session>(() => ({
    playhead: noFrames,
    selectedClips: [],
    selectedTakes: [],
    tool: 'select',
    isSnapping: true,
    isLinking: true,
    inspectorTab: 'generate',
    pxPerFrame: initialPxPerFrame,
    scrollPx: 0,
    lanesWidthPx: 1000,
    ...saved,
  }));
}

/** Selects clips; an edge chosen for trimming stays only on a clip that stays. */
export function selectClips(session: SessionStore, selectedClips: readonly ClipId[]): void {
  const { selectedEdge } = session.getState();
  session.setState({
    selectedClips,
    selectedEdge: selectedEdge && selectedClips.includes(selectedEdge.clipId) ? selectedEdge : undefined,
  });
}
