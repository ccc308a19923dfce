import { useEffect, useState } from 'react';
import { useKeysAnywhere } from '../commands/use-keys-anywhere.ts';
import { useWords } from '../i18n/index.ts';
import { TitleBar } from '../shell/title-bar.tsx';
import { useConnection } from '../state/services.tsx';
import { EngineLine } from './engine-line.tsx';
import { GenerateCard } from './generate-card.tsx';
import { ImportCard } from './import-card.tsx';
import { Projects } from './projects.tsx';
import { Weave } from './weave.tsx';
import './start.css';

/** The ways into a film, and what this machine brings to it. */
export function StartPage() {
  useKeysAnywhere();
  const words = useWords();
  const connection = useConnection();
  const isSmall = useIsSmall();
  return (
    <div className={`app ${isSmall ? 'is-small' : 'is-large'}`} data-testid="start.page">
      <TitleBar />
      <main className="start-main">
        <section className="start-stage" aria-label={words('start.region')}>
          <Weave />
          <div className="start-wrap">
            <h1 className="start-title">{words('start.title')}</h1>
            {connection.kind === 'incompatible' && <p className="alarm">{words('connection.incompatible')}</p>}
            <div className="start-cards">
              <GenerateCard />
              <ImportCard />
            </div>
            <EngineLine />
            <Projects />
          </div>
        </section>
      </main>
      {!isSmall && (
        <footer className="status-bar">
          <span className="spacer" />
          {words('start.tabHint')}
        </footer>
      )}
    </div>
  );
}

function useIsSmall(): boolean {
  const [isSmall, setSmall] = useState(() => innerWidth < 1400 || innerHeight < 800);
  useEffect(() => {
    const measure = () => setSmall(innerWidth < 1400 || innerHeight < 800);
    addEventListener('resize', measure);
    return () => removeEventListener('resize', measure);
  }, []);
  return isSmall;
}
