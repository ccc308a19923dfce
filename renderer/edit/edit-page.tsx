import { useEffect, useRef } from 'react';
import { useCommandKeys } from '../commands/use-command-keys.ts';
import { importPaths, pathsInText } from '../media/import-media.ts';
import { TitleBar } from '../shell/title-bar.tsx';
import { useFilm, useProject, useServices } from '../state/services.tsx';
import { PopupHost } from '../ui/popup-host.ts';
import { BinColumn } from './bin/bin-column.tsx';
import { TakeDragGhost } from './bin/take-drag-ghost.tsx';
import { useDiskNews } from './disk/use-disk-news.ts';
import { EditActions } from './edit-actions.tsx';
import { EditBanners } from './edit-banners.tsx';
import { EditDialogs } from './edit-dialogs.tsx';
import { GeneratorBanner } from './generator-banner.tsx';
import { InspectorPanel } from './inspector/inspector-panel.tsx';
import { LayoutSplitters } from './layout/layout-splitters.tsx';
import { usePanelSizes } from './layout/use-panel-sizes.ts';
import { useMissingNews } from './missing/use-missing-news.ts';
import { rememberFocus } from './panels.ts';
import { ProjectTitle } from './project-title.tsx';
import { StatusBar } from './status-bar.tsx';
import { TimelinePanel } from './timeline/timeline-panel.tsx';
import { useJobNews } from './use-job-news.ts';
import { ViewerPanel } from './viewer/viewer-panel.tsx';
import './edit-page.css';

/** Where films are cut: media left, picture in the middle, inspector right, timeline below. */
export default function EditPage() {
  useCommandKeys();
  useJobNews();
  useMissingNews();
  useDiskNews();
  usePastedPaths();
  useRememberedFocus();
  useUnsavedGuard();
  const name = useFilm((film) => film.name);
  const layout = usePanelSizes();
  const main = useRef<HTMLElement>(null);
  const { size, leftPx, rightPx, timelinePx } = layout;
  const sizes = { '--left': `${leftPx}px`, '--right': `${rightPx}px`, '--timeline': `${timelinePx}px` };
  return (
    <div className={`app is-${size}`} data-testid="edit.page">
      <TitleBar project={<ProjectTitle />} actions={<EditActions />} />
      <EditBanners />
      <GeneratorBanner />
      <main ref={main} className="work" style={sizes as React.CSSProperties}>
        <PopupHost value={main}>
          <h1 className="visually-hidden">{name}</h1>
          <BinColumn size={size} />
          <ViewerPanel />
          <InspectorPanel />
          <TimelinePanel size={size} />
          <LayoutSplitters layout={layout} />
        </PopupHost>
      </main>
      {size === 'large' && <StatusBar />}
      <TakeDragGhost />
      <EditDialogs />
    </div>
  );
}

/** A path or file address pasted anywhere but into a field is taken into the bin. */
function usePastedPaths(): void {
  const project = useProject();
  const services = useServices();
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const isInField = event.target instanceof HTMLElement && event.target.closest('input, textarea');
      const paths = isInField ? [] : pathsInText(event.clipboardData?.getData('text/plain') ?? '');
      if (paths.length > 0) void importPaths(project, services, paths);
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [project, services]);
}

function useRememberedFocus(): void {
  useEffect(() => {
    addEventListener('focusin', rememberFocus);
    return () => removeEventListener('focusin', rememberFocus);
  }, []);
}

/** A window closed while the engine is away takes its last gestures with it: the browser asks first. */
function useUnsavedGuard(): void {
  const { saving } = useProject();
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (saving.getState().kind !== 'saved') event.preventDefault();
    };
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [saving]);
}
