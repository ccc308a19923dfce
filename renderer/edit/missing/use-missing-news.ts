import { useEffect } from 'react';
import type { TakeId } from '../../../engine/document/ids.ts';
import { sentence } from '../../i18n/sentence.ts';
import { useProject, useServices } from '../../state/services.tsx';
import type { WindowStore } from '../../state/window-store.ts';
import { missingTakes } from './missing-takes.ts';

const cause = 'missing-media';

/**
 * A film that is opened without some of its footage asks for it at once. What goes while one works, a disk that was
 * pulled out say, is told of and waits: nothing may take the place of what the editor is doing.
 */
export function useMissingNews(): void {
  const { film, library } = useProject();
  const { window, notices } = useServices();
  useEffect(() => {
    let known: ReadonlySet<TakeId> | undefined;
    const hear = () => {
      const now = library.getState();
      if (!now.isKnown) return;
      const missing = missingTakes(film.film(), now);
      const before = known;
      known = new Set(missing.map(({ facts }) => facts.id));
      if (missing.length === 0) notices.mended(cause);
      const isEditor = film.store.getState().role === 'editor';
      const isFree = window.getState().dialog.kind === 'none';
      if (!before) {
        if (isEditor && isFree && missing.some(({ clipCount }) => clipCount > 0)) openMissingMedia(window);
        return;
      }
      const fresh = missing.filter(({ facts }) => !before.has(facts.id));
      if (fresh.length === 0 || window.getState().dialog.kind === 'missing-media') return;
      notices.mended(cause);
      notices.tell({
        severity: 'attention',
        sentence: sentence('missing.news', { count: missing.length }),
        ...(isEditor && { action: { label: sentence('missing.find'), run: () => openMissingMedia(window) } }),
        ...{ cause, isKept: true },
      });
    };
    hear();
    return library.subscribe((now, earlier) => now.entries !== earlier.entries && hear());
  }, [film, library, window, notices]);
}

export function openMissingMedia(window: WindowStore): void {
  window.setState({ dialog: { kind: 'missing-media' } });
}
