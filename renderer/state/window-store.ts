import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceName } from '../../engine/contract/device.ts';
import type { JobId } from '../../engine/contract/ids.ts';
import type { TakeFacts } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import type { PlaceTakes } from '../../engine/document/place-takes.ts';

/** What stands over the page. */
export type OpenDialog =
  | { readonly kind: 'none' }
  | { readonly kind: 'export' }
  /** `at`: the row that has the focus first. */
  | { readonly kind: 'settings'; readonly at?: 'cache-folder' }
  | { readonly kind: 'shortcuts' }
  /** What a device needs that shots were to run on. */
  | { readonly kind: 'device-needs'; readonly device: DeviceName }
  | { readonly kind: 'missing-media' }
  | { readonly kind: 'full-disk' }
  /** A shot that ran out of memory. */
  | { readonly kind: 'fit'; readonly takeId: TakeId }
  | { readonly kind: 'export-log'; readonly jobId: JobId; readonly title: string }
  /** The first video offers its format; the drop that waits for the answer goes with it. */
  | { readonly kind: 'format-offer'; readonly take: TakeFacts; readonly placing: PlaceTakes };

export interface WindowState {
  readonly dialog: OpenDialog;
  /** Whether the media panel lies open over a small window. */
  readonly isBinOpen: boolean;
  /** Counts up each time the prompt is asked to take the focus. */
  readonly promptFocusAsked: number;
}

export type WindowStore = StoreApi<WindowState>;

export function createWindowStore(): WindowStore {
  return createStore<WindowState>(() => ({ dialog: { kind: 'none' }, isBinOpen: false, promptFocusAsked: 0 }));
}
