// First, so that a view's own styles come after them.
import './ui/tokens.css';
import './ui/base.css';
import './ui/controls.css';
import './ui/fields.css';
import './ui/panels.css';
import './ui/overlays.css';
import './ui/forced-colors.css';
import { Tooltip } from '@base-ui/react/tooltip';
import { lazy, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { assertNever } from '../engine/document/film.ts';
import { FileBrowserDialog } from './host/file-browser-dialog.tsx';
import { useWords } from './i18n/index.ts';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { DeviceNeedsDialog } from './shell/device-needs-dialog.tsx';
import { lostWords } from './shell/lost-words.ts';
import { StartPage } from './start/start-page.tsx';
import { ProjectContext, type Services, ServicesContext, useConnection } from './state/services.tsx';
import { NoticesView } from './ui/notices-view.tsx';

const loadEditPage = () => import('./edit/edit-page.tsx');
const EditPage = lazy(loadEditPage);

export function App({ services }: { readonly services: Services }) {
  const { fileBrowser } = services;
  return (
    <ServicesContext value={services}>
      <Tooltip.Provider delay={500}>
        <Page services={services} />
        <SettingsDialog />
        <DeviceNeedsDialog />
        {fileBrowser && <FileBrowserDialog browser={fileBrowser} />}
        <NoticesView />
      </Tooltip.Provider>
    </ServicesContext>
  );
}

/** The start page, or the project on the desk. */
function Page({ services: { desk } }: { readonly services: Services }) {
  const onDesk = useStore(desk.store);
  useEffect(() => void loadEditPage(), []); // while the start page is read, the next page is fetched
  switch (onDesk.kind) {
    case 'nothing':
      return <StartPage />;
    case 'opening':
      return <Opening />;
    case 'project':
      return (
        <ProjectContext value={onDesk.project}>
          <Suspense fallback={<Opening />}>
            <EditPage key={onDesk.project.projectId} />
          </Suspense>
        </ProjectContext>
      );
    default:
      return assertNever(onDesk);
  }
}

/** Between the two pages: said only when it lasts, because the engine is away. */
function Opening() {
  const words = useWords();
  const connection = useConnection();
  return (
    <main className="app opening" aria-busy="true">
      {connection.kind === 'lost' && <p className="text-2">{words(lostWords[connection.because])}</p>}
    </main>
  );
}
