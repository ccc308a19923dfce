import { useStore } from 'zustand';
import { useWords } from '../i18n/index.ts';
import { lostWords } from '../shell/lost-words.ts';
import { useConnection, useIsReader, useProject } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Banner } from './banner.tsx';

/** What stands between the editor and an ordinary day; neither stops the cut from being watched. */
export function EditBanners() {
  const words = useWords();
  const connection = useConnection();
  const isReader = useIsReader();
  const project = useProject();
  const unsent = useUnsentCount();
  if (connection.kind === 'lost') {
    const isEngineAway = connection.because === 'engine-away';
    const text = isEngineAway ? words('connection.lost') : words(lostWords[connection.because]);
    return (
      <Banner about="lost" text={text}>
        {!isEngineAway && unsent > 0 && (
          <strong className="medium">{words('connection.unsent', { count: unsent })}</strong>
        )}
      </Banner>
    );
  }
  if (connection.kind === 'incompatible') {
    return (
      <Banner about="incompatible" text={words('connection.incompatible')}>
        <Button size="small" onClick={() => location.reload()}>
          {words('connection.reload')}
        </Button>
      </Banner>
    );
  }
  if (!isReader) return null;
  if (project.readOnly) return <Banner about="read-only" text={words({ failure: project.readOnly })} />;
  return (
    <Banner about="reader" text={words('reader.banner')}>
      <Button size="small" onClick={() => void project.takeOver()} testId="edit.banner.take-over">
        {words('reader.takeOver')}
      </Button>
    </Banner>
  );
}

/** Gestures that are in this window and nowhere else. */
function useUnsentCount(): number {
  const saving = useStore(useProject().saving);
  return saving.kind === 'saving' ? saving.count : 0;
}
