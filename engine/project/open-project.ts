import { mkdir, readdir, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { type Failure, FailureError } from '../contract/failure.ts';
import { filmSchema } from '../contract/film-schema.ts';
import type { JournalEntry, Notice } from '../contract/project.ts';
import type { Film } from '../document/film.ts';
import { fingerprint } from '../document/fingerprint.ts';
import { applyIntent, type Intent } from '../document/intent.ts';
import { brokenInvariants } from '../document/invariants.ts';
import { applyPatch } from '../document/patch.ts';
import type { EngineAddress } from '../rpc/engine-socket.ts';
import { asFileFailure, errorCode, writeFileAtomically } from './atomic-file.ts';
import { type FoldedFilm, readFilmFile, writeFilmFile } from './film-file.ts';
import { type Journal, openJournal, type Replay, replayJournal } from './journal.ts';
import { layoutOf, type ProjectLayout } from './layout.ts';
import { lockProject, type ProjectLock } from './lock.ts';

/** A project this engine holds: its film as acknowledged, and the one way to move it on. */
export interface ProjectFiles {
  readonly layout: ProjectLayout;
  readonly lock: ProjectLock;
  readonly notices: readonly Notice[];
  /** Why the project can be looked at and not changed; nothing is written into its folder then. */
  readonly readOnly: Failure | undefined;
  film(): Film;
  revision(): number;
  /**
   * Journals one gesture and answers the new revision. Throws a FailureError: `revision-behind` when the film has moved
   * on meanwhile, `bad-request` for an entry that does not lead where it says, `disk-full`, `not-writable`; the reason
   * for a project that is only read.
   */
  append(expectedRevision: number, entry: JournalEntry): Promise<number>;
  /** Folds the journal into `film.json`. Throws when that cannot be written; the journal has everything then. */
  fold(): Promise<void>;
  /** Folds and lets go of the project: that also when it cannot be folded, which is thrown then. */
  close(): Promise<void>;
}

/**
 * Makes the folder of a new project. Throws a FailureError `folder-not-empty`, `disk-full` or `not-writable`; nothing it
 * made remains then.
 */
export async function createProjectFolder(folder: string, film: Film): Promise<void> {
  const layout = layoutOf(folder);
  let firstMade: string | undefined;
  try {
    firstMade = await mkdir(folder, { recursive: true });
    if ((await readdir(folder)).length > 0) throw new FailureError({ code: 'folder-not-empty', path: folder });
    firstMade ??= layout.takes;
    await mkdir(layout.takes);
    await writeFilmFile(layout.film, { film, revision: 0 });
  } catch (error) {
    if (firstMade) await rm(firstMade, { recursive: true, force: true });
    throw asFileFailure(error, folder);
  }
}

/**
 * Opens a project: takes its lock, reads the film, replays the journal. Throws FailureErrors as its parts do. One of a
 * newer version, and one where nothing can be written, is opened to be read.
 */
export async function openProjectFolder(folder: string, engine: EngineAddress): Promise<ProjectFiles> {
  const layout = layoutOf(folder);
  const folded = await readFilmFile(layout.film); // before the lock: opening what is no project must not make files in it
  const { version, isNewer } = folded;
  if (isNewer) return openToRead(layout, folded, { code: 'project-newer', path: layout.film, version });
  let lock: ProjectLock | undefined;
  let journal: Journal | undefined;
  try {
    lock = lockProject(layout, engine);
    await mkdir(layout.takes, { recursive: true });
    const replay = await replayJournal(layout.journal, folded);
    const rejectedFile = await keepRejected(layout, replay);
    journal = await openJournal(layout.journal);
    if (replay.applied > 0) await writeFilmFile(layout.film, replay);
    await journal.clear();
    const notices = [...lockNotices(lock), ...(rejectedFile ? [cutShort(replay, rejectedFile)] : [])];
    return projectFiles(layout, lock, journal, replay, notices);
  } catch (error) {
    await journal?.close();
    lock?.release();
    const told = asFileFailure(error, folder);
    const failure = told instanceof FailureError ? told.failure : undefined;
    if (failure?.code === 'not-writable' || failure?.code === 'disk-full') return openToRead(layout, folded, failure);
    throw told;
  }
}

async function openToRead(layout: ProjectLayout, folded: FoldedFilm, why: Failure): Promise<ProjectFiles> {
  const { film, revision } = await replayJournal(layout.journal, folded);
  const database = new DatabaseSync(':memory:');
  return {
    layout,
    lock: { staleOwner: undefined, database, release: () => {} },
    notices: [],
    readOnly: why,
    film: () => film,
    revision: () => revision,
    append: async () => {
      throw new FailureError(why);
    },
    fold: async () => {},
    close: async () => database.close(),
  };
}

/** Lines after which the journal is folded into the film: replaying more would make opening slow. */
const longestJournal = 500;

function projectFiles(
  layout: ProjectLayout,
  lock: ProjectLock,
  journal: Journal,
  opened: FoldedFilm,
  notices: readonly Notice[],
): ProjectFiles {
  let { film, revision } = opened;
  let foldedRevision = revision;
  // Appends and folds touch the same files, so they take turns.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  };
  const fold = async () => {
    if (foldedRevision === revision) return;
    await writeFilmFile(layout.film, { film, revision });
    foldedRevision = revision;
    await journal.clear();
  };
  return {
    layout,
    lock,
    notices,
    readOnly: undefined,
    film: () => film,
    revision: () => revision,
    append: (expectedRevision, entry) =>
      inTurn(async () => {
        if (expectedRevision !== revision) throw new FailureError({ code: 'revision-behind', revision });
        const next = filmAfter(film, entry);
        await journal.append(revision + 1, entry);
        film = next;
        revision += 1;
        // The gesture is safe: that it cannot be folded now is no reason to refuse it. The next one tries again.
        if (revision - foldedRevision >= longestJournal) await fold().catch(() => {});
        return revision;
      }),
    fold: () => inTurn(fold),
    close: () =>
      inTurn(async () => {
        try {
          await fold();
        } finally {
          await journal.close();
          lock.release();
        }
      }),
  };
}

/**
 * The film an entry leads to, checked rather than believed: an edit is made again from its intent, an undone or redone
 * film is parsed whole; either must have the fingerprint the window saw.
 */
function filmAfter(film: Film, { cause, patch, fingerprint: expected }: JournalEntry): Film {
  const next = cause.kind === 'edit' ? editedFilm(film, cause.intent) : parsedFilm(applyPatch(film, patch));
  const isSame = fingerprint(next) === expected && fingerprint(applyPatch(film, patch)) === expected;
  if (!isSame) throw badRequest('the gesture leads to another film here than in the window');
  return next;
}

function editedFilm(film: Film, intent: Intent): Film {
  const result = applyIntent(film, intent);
  if (result.kind === 'refused') throw badRequest(`the edit is refused here: ${result.refusal.code}`);
  return result.film;
}

function parsedFilm(candidate: Film): Film {
  const parsed = filmSchema.safeParse(candidate);
  const fault = parsed.success ? brokenInvariants(candidate)[0] : parsed.error.issues[0]?.message;
  if (fault) throw badRequest(fault);
  return candidate;
}

function badRequest(reason: string): FailureError {
  return new FailureError({ code: 'bad-request', reason });
}

async function keepRejected(layout: ProjectLayout, { rejected }: Replay): Promise<string | undefined> {
  if (rejected.length === 0) return undefined;
  const path = `${layout.journal}.rejected-${new Date().toISOString().replaceAll(':', '-')}`;
  await writeFileAtomically(path, `${rejected.join('\n')}\n`);
  return path;
}

function cutShort(replay: Replay, rejectedFile: string): Notice {
  return { code: 'journal-cut-short', keptGestures: replay.applied, rejectedFile };
}

function lockNotices({ staleOwner }: ProjectLock): Notice[] {
  return staleOwner ? [{ code: 'stale-lock-taken-over', host: staleOwner.host, pid: staleOwner.pid }] : [];
}

/** Whether a folder holds a project. */
export async function isProjectFolder(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).includes('film.json');
  } catch (error) {
    if (errorCode(error)) return false;
    throw error;
  }
}
