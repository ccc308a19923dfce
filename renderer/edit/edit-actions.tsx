import { useStore } from 'zustand';
import { keysOf } from '../commands/registry.ts';
import { useWords } from '../i18n/index.ts';
import { QueueChip } from '../shell/queue-chip.tsx';
import { useProject } from '../state/services.tsx';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { useRunCommand } from './use-run-command.ts';

/** Undo and redo, the export, and the queue. */
export function EditActions() {
  const words = useWords();
  const run = useRunCommand();
  const { film } = useProject();
  const canUndo = useStore(film.store, ({ history, role }) => role === 'editor' && history.past.length > 0);
  const canRedo = useStore(film.store, ({ history, role }) => role === 'editor' && history.future.length > 0);
  return (
    <>
      <IconButton
        icon="undo"
        label={words('title.undo')}
        keys={keysOf('undo')}
        disabled={!canUndo}
        onClick={() => run('undo')}
        testId="title.undo"
      />
      <IconButton
        icon="redo"
        label={words('title.redo')}
        keys={keysOf('redo')}
        disabled={!canRedo}
        onClick={() => run('redo')}
        testId="title.redo"
      />
      <Button icon="export" size="small" title={keysOf('export')} onClick={() => run('export')} testId="title.export">
        {words('title.export')}
      </Button>
      <QueueChip />
    </>
  );
}
