import { useEffect, useState } from 'react';
import type { RecentProject } from '../../engine/contract/project.ts';
import { useWords } from '../i18n/index.ts';
import { useEngine, useServices } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

const mostShown = 6;

/** Films opened lately, and the way to any other. */
export function Projects() {
  const words = useWords();
  const { desk, host } = useServices();
  const recents = useRecents();
  const openOther = async () => {
    const folder = await host.chooseProject();
    if (folder) await desk.open(folder);
  };
  return (
    <section className="start-projects" aria-label={words('start.recents')}>
      <div className="row start-projects-head">
        <div>
          <h2 className="start-projects-title">{words(recents.length > 0 ? 'start.recents' : 'start.noRecents')}</h2>
          {recents.length === 0 && <p className="text-2">{words('start.noRecentsHint')}</p>}
        </div>
        <span className="spacer" />
        <Button look="quiet" icon="folder" onClick={() => void openOther()} testId="start.open-project">
          {words('start.openProject')}
        </Button>
      </div>
      {recents.length > 0 && (
        <ul className="recent-list">
          {recents.slice(0, mostShown).map((recent) => (
            <li key={recent.folder}>
              <Recent recent={recent} onOpen={() => void desk.open(recent.folder)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Recent({ recent, onOpen }: { readonly recent: RecentProject; readonly onOpen: () => void }) {
  const words = useWords();
  const { name, folder, isMissing } = recent;
  return (
    <button type="button" className="recent" disabled={isMissing} onClick={onOpen} data-testid={`start.recent.${name}`}>
      <Icon name={isMissing ? 'warning' : 'film'} />
      <span className="column">
        <span className="medium ellipsis">{name}</span>
        <span className="text-3 ellipsis" title={folder}>
          {isMissing ? words('start.missing') : folder}
        </span>
      </span>
    </button>
  );
}

function useRecents(): readonly RecentProject[] {
  const engine = useEngine();
  const [recents, setRecents] = useState<readonly RecentProject[]>([]);
  useEffect(() => {
    engine?.project.recents({}).then(setRecents, () => {}); // the engine went; the next connection is asked
  }, [engine]);
  return recents;
}
