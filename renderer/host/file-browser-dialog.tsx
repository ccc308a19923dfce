import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { FolderListing } from '../../engine/contract/system.ts';
import { assertNever } from '../../engine/document/film.ts';
import { useWords, type Words } from '../i18n/index.ts';
import { nameOf } from '../i18n/told-sentences.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import type { FileBrowser, FileRequest } from './file-browser-store.ts';
import { FileList } from './file-list.tsx';
import { type Picking, pickedPaths } from './file-picking.ts';
import { placeName } from './place-name.ts';
import { useFolder } from './use-folder.ts';
import './file-browser.css';

/** The open and save dialogs of the web host, over the engine's view of the disk. */
export function FileBrowserDialog({ browser }: { readonly browser: FileBrowser }) {
  const request = useStore(browser.store);
  return request ? <Browsing key={JSON.stringify(request)} request={request} browser={browser} /> : null;
}

function titleOf(words: Words, request: FileRequest): string {
  switch (request.kind) {
    case 'open-media':
      return words('files.openMedia');
    case 'locate-media':
      return words('missing.locateOne', { name: request.name });
    case 'choose-folder':
      return words(request.title);
    case 'open-project':
      return words('files.openProject');
    case 'save-export':
      return words('files.saveExport');
    default:
      return assertNever(request);
  }
}

function Browsing({ request, browser }: { readonly request: FileRequest; readonly browser: FileBrowser }) {
  const words = useWords();
  const folder = useFolder(request);
  const [picking, setPicking] = useState<Picking>({
    marked: [],
    name: request.kind === 'save-export' ? request.name : '',
  });
  const { listing, isProject } = folder;
  const paths = listing ? pickedPaths(request, { listing, isProject }, picking) : [];
  const answer = () => paths.length > 0 && browser.answer(paths);
  const go = (path: string) => {
    setPicking({ ...picking, marked: [] });
    folder.go(path);
  };

  return (
    <Dialog
      title={titleOf(words, request)}
      widthPx={760}
      onClose={() => browser.answer(undefined)}
      testId="files"
      footerStart={
        request.kind === 'save-export' &&
        listing && (
          <NameField
            name={picking.name}
            replaces={listing.entries.some((entry) => entry.path === paths[0])}
            onChange={(name) => setPicking({ ...picking, name })}
          />
        )
      }
      footer={
        <>
          <Button look="quiet" onClick={() => browser.answer(undefined)}>
            {words('common.cancel')}
          </Button>
          <Button look="primary" disabled={paths.length === 0} onClick={answer} testId="files.accept">
            {acceptWords(words, request, paths)}
          </Button>
        </>
      }
    >
      <PathField path={folder.listing?.path ?? ''} parent={folder.listing?.parent} onGo={go} />
      <div className="files-body">
        <nav className="files-places" aria-label={words('files.places')}>
          {folder.listing?.roots.map((root) => (
            <button
              key={root.path}
              type="button"
              className="files-place"
              title={root.path}
              onClick={() => go(root.path)}
            >
              <Icon name="folder" />
              <span className="ellipsis">{nameOfPlace(words, root)}</span>
            </button>
          ))}
        </nav>
        {folder.problem ? (
          <p className="files-problem alarm">{words(folder.problem)}</p>
        ) : (
          <FileList
            entries={folder.listing?.entries ?? []}
            isMany={request.kind === 'open-media'}
            marked={picking.marked}
            onMark={(marked) => setPicking({ ...picking, marked })}
            onEnter={(entry) => {
              if (entry.kind === 'folder' || request.kind === 'choose-folder') go(entry.path);
              else if (request.kind === 'save-export') setPicking({ ...picking, name: entry.name });
              else browser.answer([entry.path]);
            }}
          />
        )}
      </div>
    </Dialog>
  );
}

function acceptWords(words: Words, { kind }: FileRequest, paths: readonly string[]): string {
  const [first] = paths;
  switch (kind) {
    case 'open-media':
      return first === undefined ? words('files.importNone') : words('files.import', { count: paths.length });
    case 'locate-media':
      return words('files.useFile');
    case 'choose-folder':
      return first === undefined ? words('files.open') : words('files.useFolder', { name: nameOf(first) });
    case 'open-project':
      return first === undefined ? words('files.open') : words('files.openNamed', { name: nameOf(first) });
    case 'save-export':
      return words('files.save');
    default:
      return assertNever(kind);
  }
}

function nameOfPlace(words: Words, root: FolderListing['roots'][number]): string {
  const key = placeName(root);
  return key ? words(key) : root.name;
}

interface PathFieldProps {
  readonly path: string;
  readonly parent: string | undefined;
  readonly onGo: (path: string) => void;
}

/** Where the browser is; typed or pasted, it goes there. */
function PathField({ path, parent, onGo }: PathFieldProps) {
  const words = useWords();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('path');
    if (typeof typed === 'string' && typed.trim() !== '') onGo(typed.trim());
  };
  return (
    <form className="row files-path" onSubmit={onSubmit}>
      <IconButton
        icon="up"
        label={words('files.up')}
        disabled={!parent}
        onClick={() => parent && onGo(parent)}
        testId="files.up"
      />
      <span className="field is-small">
        <input
          key={path}
          name="path"
          type="text"
          defaultValue={path}
          aria-label={words('files.path')}
          data-testid="files.path"
        />
      </span>
    </form>
  );
}

interface NameFieldProps {
  readonly name: string;
  readonly replaces: boolean;
  readonly onChange: (name: string) => void;
}

function NameField({ name, replaces, onChange }: NameFieldProps) {
  const words = useWords();
  return (
    <div className="column files-name">
      <span className="field is-small">
        <input
          type="text"
          value={name}
          aria-label={words('files.name')}
          onChange={(event) => onChange(event.target.value)}
          data-testid="files.name"
        />
      </span>
      {replaces && <span className="text-2">{words('files.replaces')}</span>}
    </div>
  );
}
