import type { Failure, Outcome } from '../../../engine/contract/failure.ts';
import { filmSchema } from '../../../engine/contract/film-schema.ts';
import type { EditorId, JobId, ProjectId } from '../../../engine/contract/ids.ts';
import type { Job } from '../../../engine/contract/job.ts';
import type { LibraryEntry } from '../../../engine/contract/library.ts';
import type { JournalEntry, NewProject, OpenProject } from '../../../engine/contract/project.ts';
import type { Film } from '../../../engine/document/film.ts';
import { fingerprint } from '../../../engine/document/fingerprint.ts';
import type { FilmId, TakeId } from '../../../engine/document/ids.ts';
import { newFilm } from '../../../engine/document/new-film.ts';
import { applyPatch } from '../../../engine/document/patch.ts';
import { createEventLog, type EventLog } from './event-log.ts';

/** One project in memory: the film with its journal, and what the library knows. */
export interface StandInProject {
  readonly projectId: ProjectId;
  readonly folder: string;
  readonly entries: Map<TakeId, LibraryEntry>;
  readonly jobs: Map<JobId, Job>;
  readonly log: EventLog;
  readonly journal: JournalEntry[];
  film: Film;
  revision: number;
  editorId: EditorId | undefined;
  /** Set, it makes the project one that nobody can edit. */
  readOnly: Failure | undefined;
  /** The windows that have it open. */
  readonly present: Set<EditorId>;
}

export function newStandInProject(
  count: number,
  { folder, name, rate, widthPx, heightPx }: NewProject,
): StandInProject {
  const entries = new Map<TakeId, LibraryEntry>();
  const jobs = new Map<JobId, Job>();
  const project: StandInProject = {
    projectId: `project-${count}` as ProjectId,
    folder,
    entries,
    jobs,
    journal: [],
    film: newFilm({
      id: `film-${count}` as FilmId,
      name,
      sequenceName: 'Cut 1',
      trackNames: { v2: '', v1: '', a1: '', a2: '' },
      ...(rate && { rate }),
      ...(widthPx && { widthPx }),
      ...(heightPx && { heightPx }),
    }),
    revision: 0,
    editorId: undefined,
    readOnly: undefined,
    present: new Set(),
    log: createEventLog(() => ({
      kind: 'snapshot',
      entries: [...entries.values()],
      jobs: [...jobs.values()],
      revision: project.revision,
      ...(project.editorId && { editorId: project.editorId }),
    })),
  };
  return project;
}

/** The first window to come edits, unless it only wants to read; every other one reads until it takes over. */
export function openFor(project: StandInProject, editorId: EditorId, wanted?: 'reader'): Outcome<OpenProject> {
  if (!project.readOnly && wanted !== 'reader') project.editorId ??= editorId;
  project.present.add(editorId);
  return readBy(project, editorId);
}

export function readBy(project: StandInProject, editorId: EditorId): Outcome<OpenProject> {
  const { projectId, folder, film, revision, readOnly } = project;
  const role = project.editorId === editorId ? 'editor' : 'reader';
  return {
    kind: 'done',
    value: {
      projectId,
      folder,
      film: filmSchema.parse(film),
      revision,
      role,
      ...(readOnly && { readOnly }),
      notices: [],
    },
  };
}

export function takeOver(project: StandInProject, editorId: EditorId): Outcome<OpenProject> {
  project.editorId = editorId;
  tellRevision(project);
  return openFor(project, editorId);
}

/** Applies a gesture as the engine does: through its patch, checked by its fingerprint. */
export function append(
  project: StandInProject,
  { editorId, expectedRevision, entry }: { editorId: EditorId; expectedRevision: number; entry: JournalEntry },
): { kind: 'done'; revision: number } | Extract<Outcome<never>, { kind: 'failed' }> {
  const { projectId, present, revision } = project;
  if (present.size === 0) return { kind: 'failed', failure: { code: 'not-a-project', path: projectId } };
  if (project.editorId !== editorId) return { kind: 'failed', failure: { code: 'not-the-editor' } };
  if (expectedRevision !== revision) return { kind: 'failed', failure: { code: 'revision-behind', revision } };
  const film = filmSchema.parse(applyPatch(project.film, entry.patch));
  if (fingerprint(film) !== entry.fingerprint) throw new Error('the gesture did not make the film it said');
  project.film = film;
  project.revision++;
  project.journal.push(entry);
  tellRevision(project);
  return { kind: 'done', revision: project.revision };
}

function tellRevision({ log, revision, editorId }: StandInProject): void {
  log.emit({ kind: 'revision', revision, ...(editorId && { editorId }) });
}
