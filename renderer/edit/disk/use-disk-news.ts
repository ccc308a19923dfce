import { useEffect } from 'react';
import { sentence } from '../../i18n/sentence.ts';
import type { Library } from '../../state/library-store.ts';
import { useProject, useServices } from '../../state/services.tsx';
import type { WindowStore } from '../../state/window-store.ts';

const cause = 'disk-full';

/**
 * A disk that fills up stops shots, imports and exports, and the film cannot be saved: that is asked about at once, but
 * not over a question that is being answered. Once everything goes on again nothing more is said of it.
 */
export function useDiskNews(): void {
  const { library, saving, film } = useProject();
  const { window, notices } = useServices();
  useEffect(() => {
    let wasFull = false;
    const hear = () => {
      const state = saving.getState();
      const isUnsaved = state.kind === 'stuck' && state.failure.code === 'disk-full';
      const isFull = isUnsaved || stoppedByFullDisk(library.getState()) > 0;
      if (!isFull) notices.mended(cause);
      if (isFull && !wasFull && film.store.getState().role === 'editor') {
        const { kind } = window.getState().dialog;
        if (kind === 'none' || kind === 'missing-media') openFullDisk(window);
        else {
          const action = { label: sentence('disk.open'), run: () => openFullDisk(window) };
          const told = sentence('disk.news');
          notices.tell({ severity: 'attention', sentence: told, action, cause, isKept: true });
        }
      }
      wasFull = isFull;
    };
    hear();
    const stops = [library.subscribe(hear), saving.subscribe(hear)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [library, saving, film, window, notices]);
}

export function openFullDisk(window: WindowStore): void {
  window.setState({ dialog: { kind: 'full-disk' } });
}

/** How many jobs wait for room. */
export function stoppedByFullDisk({ jobs }: Pick<Library, 'jobs'>): number {
  return [...jobs.values()].filter(({ state }) => state.kind === 'paused' && state.because).length;
}
