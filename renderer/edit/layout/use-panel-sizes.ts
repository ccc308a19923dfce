import { useSyncExternalStore } from 'react';
import { useServices, useSettings } from '../../state/services.tsx';
import type { Panels } from '../../state/settings-store.ts';
import type { LaneSize } from '../timeline/lanes.ts';
import { fitPanels, type PanelSizes, sizeOfWindow } from './panel-sizes.ts';

export interface Layout extends PanelSizes {
  readonly size: LaneSize;
  readonly resize: (panels: Panels) => void;
}

/** The sizes of the panels in this window: what the editor dragged, held to what fits. */
export function usePanelSizes(): Layout {
  const { settings } = useServices();
  const panels = useSettings((all) => all.panels);
  const width = useSyncExternalStore(onResize, () => innerWidth);
  const height = useSyncExternalStore(onResize, () => innerHeight);
  const size = sizeOfWindow(width, height);
  return {
    size,
    ...fitPanels(panels, size, width, height),
    resize: (changed) => settings.setState({ panels: { ...settings.getState().panels, ...changed } }),
  };
}

function onResize(listener: () => void): () => void {
  addEventListener('resize', listener);
  return () => removeEventListener('resize', listener);
}
