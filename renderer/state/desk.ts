import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '../../engine/contract/failure.ts';
import type { EditorId } from '../../engine/contract/ids.ts';
import type { NewProject, OpenProject } from '../../engine/contract/project.ts';
import { createDroppedFiles } from '../media/dropped-files.ts';
import type { EngineLink } from './connection.ts';
import { engineAway, type Notices } from './notices.ts';
import { type Project, startProject } from './project.ts';
import { readSavedDraft, saveDraft } from './saved-draft.ts';
import { readSavedSession, saveSession } from './saved-session.ts';

/** What lies on the desk: the start page, or one project. */
export type OnDesk =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'opening'; readonly folder: string }
  | { readonly kind: 'project'; readonly project: Project };

export interface Desk {
  readonly store: StoreApi<OnDesk>;
  open(folder: string): Promise<Project | undefined>;
  /** Makes a project in a free folder of the usual place and opens it. */
  create(name: string, format?: Pick<NewProject, 'rate' | 'widthPx' | 'heightPx'>): Promise<Project | undefined>;
  close(): void;
}

export interface DeskOptions {
  readonly link: EngineLink;
  readonly editorId: EditorId;
  readonly notices: Notices;
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly language: () => NewProject['language'];
  /** Whether this window may show a project; everything unless told otherwise. */
  readonly mayShow?: (folder: string) => Promise<boolean>;
}

export function createDesk(options: DeskOptions): Desk {
  const { link, editorId, notices, storage, language, mayShow = async () => true } = options;
  const store = createStore<OnDesk>(() => ({ kind: 'nothing' }));

  const tell = (failure: Failure) => notices.tell({ severity: 'failure', sentence: { failure } });
  /** Projects that were put away and have gestures on their way. */
  const leaving = new Map<string, Promise<void>>();
  const leave = () => {
    const now = store.getState();
    if (now.kind === 'project') {
      const { folder } = now.project;
      const left = now.project.close().then(() => void leaving.delete(folder));
      leaving.set(folder, left);
    }
    notices.enter('start');
  };
  const close = () => {
    leave();
    store.setState({ kind: 'nothing' }, true);
  };
  const layOut = (opened: OpenProject): Project => {
    leave();
    notices.enter(opened.projectId);
    const savedSession = readSavedSession(storage, opened.folder);
    const droppedFiles = createDroppedFiles(storage, opened.folder);
    const savedDraft = readSavedDraft(storage, opened.folder);
    const project = startProject({ opened, link, editorId, notices, droppedFiles, savedSession, savedDraft });
    saveSession(storage, project);
    saveDraft(storage, project);
    store.setState({ kind: 'project', project }, true);
    return project;
  };
  /** The engine. A window that has only just begun waits for it; one that has lost it says so. */
  const connected = async () => {
    const connection = link.store.getState();
    if (connection.kind === 'connected') return connection.engine;
    if (connection.kind === 'connecting') return link.connected();
    notices.tell(engineAway);
    return undefined;
  };

  return {
    store,
    close,
    open: async (folder) => {
      // A shell that cannot say must not keep a project closed; two windows on one are an editor and a reader.
      if (!(await mayShow(folder).catch(() => true))) return undefined;
      leave();
      store.setState({ kind: 'opening', folder }, true);
      await leaving.get(folder); // opened before, it would lack what was done last
      const engine = await link.connected();
      const outcome = await engine.project.open({ folder, editorId }).catch(() => undefined);
      if (outcome?.kind === 'done') return layOut(outcome.value);
      store.setState({ kind: 'nothing' }, true);
      if (outcome) tell(outcome.failure);
      return undefined;
    },
    create: async (name, format = {}) => {
      const engine = await connected();
      if (!engine) return undefined;
      const outcome = await engine.project
        .suggestFolder({ name })
        .then(({ folder }) => engine.project.create({ folder, name, language: language(), editorId, ...format }))
        .catch(() => undefined);
      if (outcome?.kind === 'done') return layOut(outcome.value);
      if (outcome) tell(outcome.failure);
      else notices.tell(engineAway); // it went meanwhile
      return undefined;
    },
  };
}
