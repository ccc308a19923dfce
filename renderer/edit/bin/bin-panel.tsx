import { type DragEvent, useState } from 'react';
import type { TakeFacts } from '../../../engine/document/film.ts';
import { keysOf } from '../../commands/registry.ts';
import { useWords } from '../../i18n/index.ts';
import { chooseAndImport, importDropped } from '../../media/import-media.ts';
import { useIsReader, useProject, useServices } from '../../state/services.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { TakeDetails } from './take-details.tsx';
import { TakeGrid } from './take-grid.tsx';
import { useBinEntries } from './use-bin-entries.ts';
import './bin.css';

/** Everything that can be cut: what was imported and what was made, and what is on its way. */
export function BinPanel() {
  const words = useWords();
  const [query, setQuery] = useState('');
  const { all, shown } = useBinEntries(query);
  const drop = useFileDrop();
  return (
    <section
      className={`panel bin ${drop.isOver ? 'is-over' : ''}`}
      aria-label={words('panel.media')}
      data-panel="media"
      data-testid="edit.bin"
      tabIndex={-1}
      {...drop.handlers}
    >
      <div className="panel-head">
        <h2 className="panel-title">
          {words('panel.media')} {all.length > 0 && <span className="text-3 tabular">{all.length}</span>}
        </h2>
        <span className="spacer" />
        <ImportButton />
      </div>
      <Search query={query} onChange={setQuery} />
      {all.length === 0 && <EmptyBin />}
      {all.length > 0 && shown.length === 0 && <NoMatch query={query} onClear={() => setQuery('')} />}
      {shown.length > 0 && <TakeGrid entries={shown} />}
      <TakeDetails />
    </section>
  );
}

function ImportButton() {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  return (
    <IconButton
      icon="import"
      label={words('bin.import')}
      keys={keysOf('import')}
      disabled={useIsReader()}
      onClick={() => void chooseAndImport(project, services)}
      testId="edit.bin.import"
    />
  );
}

function Search({ query, onChange }: { readonly query: string; readonly onChange: (query: string) => void }) {
  const words = useWords();
  return (
    <div className="bin-search field is-small">
      <Icon name="search" />
      <input
        type="text"
        value={query}
        placeholder={words('bin.search')}
        aria-label={words('bin.search')}
        data-testid="edit.bin.search"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          onChange('');
          event.currentTarget.blur();
        }}
      />
      {query && <IconButton icon="close" size="small" label={words('common.clear')} onClick={() => onChange('')} />}
    </div>
  );
}

function EmptyBin() {
  const words = useWords();
  const project = useProject();
  const services = useServices();
  return (
    <div className="bin-empty">
      <span className="text-3">
        <Icon name="film" sizePx={24} />
      </span>
      <div>
        <div className="bin-empty-title">{words('bin.empty')}</div>
        <div className="text-2">{words(services.host.copiesDropped ? 'bin.emptyHint' : 'bin.emptyHintInPlace')}</div>
      </div>
      <Button onClick={() => void chooseAndImport(project, services)} testId="edit.bin.import-media">
        {words('bin.import')}
      </Button>
    </div>
  );
}

function NoMatch({ query, onClear }: { readonly query: string; readonly onClear: () => void }) {
  const words = useWords();
  return (
    <div className="bin-no-match text-2">
      {words('bin.noMatch', { query })}
      <Button size="small" onClick={onClear}>
        {words('common.clear')}
      </Button>
    </div>
  );
}

function useFileDrop() {
  const project = useProject();
  const services = useServices();
  const [isOver, setOver] = useState(false);
  // What was dropped is what is looked at next, be it new or there already.
  const select = (takes: readonly TakeFacts[]) => {
    if (takes.length === 0) return;
    project.session.setState({ selectedTakes: takes.map(({ id }) => id), selectedClips: [], selectedEdge: undefined });
  };
  return {
    isOver,
    handlers: {
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        setOver(false);
        const files = [...event.dataTransfer.files];
        if (files.length > 0) void importDropped(project, services, files).then(select);
      },
    },
  };
}
