import type { StoreApi } from 'zustand/vanilla';
import type { Failure, Outcome } from '../../engine/contract/failure.ts';
import type { EditorId, ProjectId } from '../../engine/contract/ids.ts';
import type { NumberedEvent, OpenProject } from '../../engine/contract/project.ts';
import type { Film, Sequence } from '../../engine/document/film.ts';
import { type EngineClient, isConnectionLoss } from '../../engine/rpc/client.ts';
import { createShotDraft, type ShotDraft, type ShotDraftStore } from '../generate/shot-draft.ts';
import { sentence } from '../i18n/sentence.ts';
import { noticeSentence } from '../i18n/told-sentences.ts';
import type { DroppedFiles } from '../media/dropped-files.ts';
import type { EngineLink } from './connection.ts';
import { createFilmStore, type FilmStore } from './film-store.ts';
import { createJournalQueue, type Saving } from './journal-queue.ts';
import { createLibraryStore, type LibraryStore, libraryAfter } from './library-store.ts';
import type { Notices } from './notices.ts';
import { createSessionStore, type Session, type SessionStore } from './session-store.ts';
import { createTransport, type Transport } from './transport.ts';
import { watchProject } from './watch-project.ts';

/** One open project as the window holds it. */
export interface Project {
  readonly projectId: ProjectId;
  /** What this window is called when it asks for what is the editor's alone. */
  readonly editorId: EditorId;
  readonly folder: string;
  /** Why nobody can edit it, where that is so. */
  readonly readOnly: Failure | undefined;
  readonly film: FilmStore;
  readonly saving: StoreApi<Saving>;
  readonly library: LibraryStore;
  readonly session: SessionStore;
  readonly shotDraft: ShotDraftStore;
  readonly droppedFiles: DroppedFiles;
  readonly transport: Transport;
  /** Makes this window the editor; the one that was becomes a reader. */
  takeOver(): Promise<void>;
  /**
   * Puts the project away. It is left once its last gestures lie on disk, however long the engine is away until then.
   * Resolves when it is, or when the engine has answered that it cannot write them, which is tried further.
   */
  close(): Promise<void>;
}

export interface ProjectOptions {
  readonly opened: OpenProject;
  readonly link: EngineLink;
  readonly editorId: EditorId;
  readonly notices: Notices;
  readonly droppedFiles: DroppedFiles;
  readonly savedSession?: Partial<Session>;
  readonly savedDraft?: ShotDraft | undefined;
}

/** The sequence the window shows. A film of this version has one. */
export function mainSequence(film: Film): Sequence {
  const sequence = film.sequences[0];
  if (!sequence) throw new Error('the film has no sequence');
  return sequence;
}

/** Joins the stores of an opened project to the engine, and keeps them joined through lost connections. */
export function startProject(options: ProjectOptions): Project {
  const { opened, link, editorId, notices, savedSession, savedDraft, droppedFiles } = options;
  const { projectId, folder } = opened;
  const leaving = new AbortController();
  const library = createLibraryStore();
  const session = createSessionStore(savedSession);
  /** Whether this window holds gestures that the engine's film cannot take: until kept aside they lie nowhere else. */
  let isParted = false;
  let loadedRevision = opened.revision;

  const journal = createJournalQueue({
    append: async (expectedRevision, entry) => {
      const engine = await link.connected(leaving.signal);
      return engine.project.append({ projectId, editorId, expectedRevision, entry }).catch(faultAsFailure);
    },
    onParted: () => void keepAndReload(),
  });
  const film = createFilmStore(opened.film, opened.role, journal.push);
  journal.reset(opened.film, opened.revision);
  const transport = createTransport(session, film.film);

  const load = (answer: OpenProject) => {
    film.load(answer.film, answer.role);
    journal.reset(answer.film, answer.revision);
    loadedRevision = answer.revision;
    session.setState({ draft: undefined, selectedClips: [], selectedEdge: undefined });
  };
  const fail = (failure: Failure) => notices.tell({ severity: 'failure', sentence: { failure } }, projectId);
  const ask = async <T>(request: (engine: EngineClient) => Promise<Outcome<T>>): Promise<T | undefined> => {
    const outcome = await link.connected(leaving.signal).then(request);
    if (outcome.kind === 'done') return outcome.value;
    fail(outcome.failure);
    return undefined;
  };
  /** Its folder may be gone: that is told once, however often it is tried again. */
  let isOutOfReach = false;
  const reopen = async (): Promise<OpenProject | undefined> => {
    const engine = await link.connected(leaving.signal);
    // A reader that is faster than the editor must not take its place, and its gestures under way with it.
    const asBefore = film.store.getState().role === 'reader' ? { role: 'reader' as const } : {};
    const outcome = await engine.project.open({ folder, editorId, ...asBefore });
    if (outcome.kind === 'failed' && !isOutOfReach) fail(outcome.failure);
    isOutOfReach = outcome.kind === 'failed';
    return outcome.kind === 'done' ? outcome.value : undefined;
  };
  const read = () => ask((engine) => engine.project.read({ projectId, editorId }));

  /** Ours cannot be added to what another window did: it is kept beside the project, and only then theirs is shown. */
  const keepAndReload = async () => {
    if (isParted) return;
    isParted = true;
    let isTold = false;
    while (!leaving.signal.aborted) {
      const answer = await reopen().catch(() => undefined);
      const kept = answer && (await keepAside().catch(() => undefined)); // the connection may go at any time
      if (answer && kept?.kind === 'done') {
        isParted = false;
        load(answer);
        const told = sentence('notice.filmKeptAside', { path: kept.value.path });
        notices.tell({ severity: 'attention', sentence: told, isKept: true }, projectId);
        return;
      }
      if (kept?.kind === 'failed' && !isTold) fail(kept.failure);
      isTold ||= kept?.kind === 'failed';
      await new Promise((resolve) => setTimeout(resolve, keepAgainMs));
    }
  };
  const keepAside = async () => {
    const engine = await link.connected(leaving.signal);
    return engine.project.keepRecovery({ projectId, film: film.film() });
  };

  const followEngine = oneAtATime(async () => {
    if (isParted) return;
    const answer = await reopen();
    if (!answer) return;
    if (film.store.getState().role === 'reader') return load(answer);
    film.setRole(answer.role);
    if (journal.resume(answer.film, answer.revision) === 'parted') await keepAndReload();
  });

  /** A reader takes over what the editor did. */
  const readAlong = oneAtATime(async () => {
    const answer = await read();
    if (answer && !isParted && film.store.getState().role === 'reader') load(answer);
  });

  const hear = ({ event }: NumberedEvent) => {
    library.setState(libraryAfter(library.getState(), event), true);
    if (event.kind !== 'revision' && event.kind !== 'snapshot') return;
    const { role } = film.store.getState();
    const isOurs = event.editorId === editorId;
    if (role === 'reader') {
      if (isOurs || event.revision !== loadedRevision) void readAlong();
    } else if (!isOurs && event.editorId !== undefined) {
      void loseTheFilm();
    }
  };
  /** Another window took over: what it has not got of ours is kept aside. */
  const loseTheFilm = async () => {
    film.setRole('reader');
    await (journal.saving.getState().kind === 'saved' ? readAlong() : keepAndReload());
  };

  // A gesture made from here on must not reach a new engine before the project is open there.
  const stopHearingOfLoss = link.store.subscribe(({ kind }) => {
    if (kind === 'lost') journal.rest();
  });
  void watchProject({ link, projectId, signal: leaving.signal, hear, onReconnected: followEngine });
  for (const told of opened.notices) notices.tell({ severity: 'attention', sentence: noticeSentence(told) });

  return {
    projectId,
    editorId,
    folder,
    readOnly: opened.readOnly,
    film,
    saving: journal.saving,
    library,
    session,
    shotDraft: createShotDraft(savedDraft),
    droppedFiles,
    transport,
    takeOver: async () => {
      if (isParted) return;
      const answer = await ask((engine) => engine.project.takeOver({ projectId, editorId }));
      if (answer) load(answer);
    },
    close: () => {
      void whenSaving(journal.saving, link, ({ kind }) => kind === 'saved').then(() => {
        stopHearingOfLoss();
        leaving.abort();
        const connection = link.store.getState();
        // Without a connection there is nobody to tell: the engine has let this window go with it.
        if (connection.kind === 'connected') connection.engine.project.leave({ projectId, editorId }).catch(() => {});
      });
      return whenSaving(journal.saving, link, ({ kind }) => kind !== 'saving');
    },
  };
}

/** How soon a film that could not be kept aside, on a full disk say, is tried to be kept again. */
const keepAgainMs = 2000;

/** Resolves when saving has come to something, or when nothing gets through to this engine ever. */
function whenSaving(saving: StoreApi<Saving>, link: EngineLink, isSo: (saving: Saving) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo(saving.getState()) && link.store.getState().kind !== 'incompatible') return;
      for (const stop of stops) stop();
      resolve();
    };
    const stops = [saving.subscribe(look), link.store.subscribe(look)];
    look();
  });
}

/** A fault inside the engine is something it may get over; only a lost connection leaves open what it has done. */
function faultAsFailure(error: unknown): { readonly kind: 'failed'; readonly failure: Failure } {
  if (isConnectionLoss(error)) throw error;
  return { kind: 'failed', failure: { code: 'internal', reportId: '' } };
}

/** Runs work that is asked for while it runs once more afterwards, and no oftener: the last run sees the last state. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const run = async (): Promise<void> => {
    do {
      isAskedAgain = false;
      await work();
    } while (isAskedAgain);
  };
  return () => {
    if (running) isAskedAgain = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  };
}
