import type { ReactNode } from 'react';
import { keysOf } from '../commands/registry.ts';
import { useWords } from '../i18n/index.ts';
import { useServices } from '../state/services.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { EngineChip } from './engine-chip.tsx';
import { Mark } from './mark.tsx';
import './shell.css';

export interface TitleBarProps {
  /** The project's name and how it stands on disk; the start page has none. */
  readonly project?: ReactNode;
  /** Undo, redo, export, the queue: what acts on the open project. */
  readonly actions?: ReactNode;
}

export function TitleBar({ project, actions }: TitleBarProps) {
  const words = useWords();
  const { desk, window } = useServices();
  return (
    <header className="title-bar" data-panel="title">
      <div className="title-brand">
        {project ? (
          <button
            type="button"
            className="title-home"
            title={words('title.home')}
            onClick={() => desk.close()}
            data-testid="title.home"
          >
            <Mark />
            <span className="title-name">{words('app.name')}</span>
          </button>
        ) : (
          <>
            <Mark />
            <span className="title-name">{words('app.name')}</span>
          </>
        )}
        {project}
      </div>
      <div className="title-actions">
        {actions}
        <EngineChip />
        <IconButton
          icon="gear"
          label={words('title.settings')}
          keys={keysOf('settings')}
          onClick={() => window.setState({ dialog: { kind: 'settings' } })}
          testId="title.settings"
        />
      </div>
    </header>
  );
}
