import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useWords } from '../i18n/index.ts';
import { newGesture, perform } from '../state/edits.ts';
import { useConnection, useFilm, useIsReader, useProject, useServices } from '../state/services.tsx';

/** The film's name, to be changed in place, and how it stands on disk. */
export function ProjectTitle() {
  const words = useWords();
  const name = useFilm((film) => film.name);
  const isReader = useIsReader();
  const [isRenaming, setRenaming] = useState(false);
  useEffect(() => {
    document.title = `${name} · ${words('app.name')}`;
    return () => {
      document.title = words('app.name');
    };
  }, [name, words]);
  return (
    <>
      <span className="text-3">/</span>
      {isRenaming ? (
        <NameField name={name} onDone={() => setRenaming(false)} />
      ) : (
        <button
          type="button"
          className="title-project ellipsis"
          title={words('title.renameProject')}
          disabled={isReader}
          onClick={() => setRenaming(true)}
          data-testid="title.project"
        >
          {name}
        </button>
      )}
      <SavingState />
    </>
  );
}

function NameField({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const words = useWords();
  const project = useProject();
  const { notices } = useServices();
  const keep = (text: string) => {
    perform(project, notices, { kind: 'rename-film', gesture: newGesture(), name: text.slice(0, 200) });
    onDone();
  };
  return (
    <input
      className="title-project-field"
      aria-label={words('title.project')}
      defaultValue={name}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: it appears because it was asked for, and the caret belongs into it
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => keep(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') keep(event.currentTarget.value);
        else if (event.key === 'Escape') onDone();
      }}
      data-testid="title.project-field"
    />
  );
}

/** Saving is told only while it is not done, so that it is noticed when it is not. Without an engine nobody saves. */
function SavingState() {
  const words = useWords();
  const { saving } = useProject();
  const connection = useConnection();
  const state = useStore(saving);
  if (state.kind === 'saved') return null;
  if (connection.kind !== 'connected') {
    return (
      <span className="alarm ellipsis" data-testid="title.not-saved">
        {words(connection.kind === 'lost' ? 'title.notSavedAway' : 'title.notSaved')}
      </span>
    );
  }
  if (state.kind === 'saving') {
    return (
      <span className="text-3" data-testid="title.saving">
        {words('title.saving')}
      </span>
    );
  }
  const reason = words({ key: 'notice.notSaved', nested: { reason: { failure: state.failure } } });
  return (
    <span className="alarm ellipsis" title={reason} data-testid="title.not-saved">
      {words('title.notSaved')}. {words({ failure: state.failure })}
    </span>
  );
}
