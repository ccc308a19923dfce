import type { ReactNode } from 'react';
import { keysOf } from '../commands/registry.ts';
import type { HostApi } from '../host/host-api.ts';
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
  const { desk, host, window } = useServices();
  return (
    <header className="title-bar" data-panel="title" data-testid="title.bar">
      <div className="title-brand">
        {host.openMenu && <MenuButton onOpen={host.openMenu} />}
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

/** The way to the menus where the system shows no bar of them. */
function MenuButton({ onOpen }: { readonly onOpen: NonNullable<HostApi['openMenu']> }) {
  const words = useWords();
  return (
    <IconButton
      icon="menu"
      label={words('title.menu')}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => {
        const { left, bottom } = currentTarget.getBoundingClientRect();
        onOpen({ x: Math.round(left), y: Math.round(bottom) });
      }}
      testId="title.menu"
    />
  );
}
