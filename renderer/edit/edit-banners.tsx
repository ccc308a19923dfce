import { useStore } from 'zustand';
import { useWords } from '../i18n/index.ts';
import { lostWords } from '../shell/lost-words.ts';
import { useConnection, useIsReader, useProject } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** What stands between the editor and an ordinary day; neither stops the cut from being watched. */
export function EditBanners() {
  const words = useWords();
  const connection = useConnection();
  const isReader = useIsReader();
  const project = useProject();
  const unsent = useUnsentCount();
  if (connection.kind === 'lost') {
    return (
      <div className="banner" role="status" data-testid="edit.banner.lost">
        <span className="alarm">
          <Icon name="warning" />
        </span>
        {connection.because === 'engine-away' ? words('connection.lost') : words(lostWords[connection.because])}
        {connection.because !== 'engine-away' && unsent > 0 && (
          <strong className="medium">{words('connection.unsent', { count: unsent })}</strong>
        )}
      </div>
    );
  }
  if (connection.kind === 'incompatible') {
    return (
      <div className="banner" role="alert" data-testid="edit.banner.incompatible">
        <span className="alarm">
          <Icon name="warning" />
        </span>
        {words('connection.incompatible')}
        <span className="spacer" />
        <Button size="small" onClick={() => location.reload()}>
          {words('connection.reload')}
        </Button>
      </div>
    );
  }
  if (!isReader) return null;
  return (
    <div className="banner" role="status" data-testid="edit.banner.reader">
      <Icon name="eye" />
      {words('reader.banner')}
      <span className="spacer" />
      <Button size="small" onClick={() => void project.takeOver()} testId="edit.banner.take-over">
        {words('reader.takeOver')}
      </Button>
    </div>
  );
}

/** Gestures that are in this window and nowhere else. */
function useUnsentCount(): number {
  const saving = useStore(useProject().saving);
  return saving.kind === 'saving' ? saving.count : 0;
}
