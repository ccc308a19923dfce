import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClipId } from '../../../engine/document/ids.ts';
import type { Frames } from '../../../engine/document/time.ts';
import type { Sentence } from '../../i18n/sentence.ts';
import type { CutAway } from './gesture.ts';
import type { Box } from './scene.ts';

/** What the timeline shows of a pointer and its gesture, besides the film. Gone when they are. */
export interface Stage {
  readonly hover?: { readonly clipId: ClipId; readonly part: 'body' | 'in' | 'out' } | undefined;
  readonly lifted: readonly ClipId[];
  readonly cutAway?: CutAway | undefined;
  readonly snapLine?: Frames | undefined;
  readonly lasso?: Box | undefined;
  /** The words at the pointer, in pixels of the window. */
  readonly label?: StageLabel | undefined;
}

export interface StageLabel {
  readonly clientX: number;
  readonly clientY: number;
  readonly offset?: Frames | undefined;
  readonly words?: Sentence | undefined;
  readonly isRefused: boolean;
}

export type StageStore = StoreApi<Stage>;

export const emptyStage: Stage = { lifted: [] };

export function createStage(): StageStore {
  return createStore<Stage>(() => emptyStage);
}
