import type { Film } from '../../engine/document/film.ts';
import type { GestureId } from '../../engine/document/ids.ts';
import type { Intent } from '../../engine/document/intent.ts';
import { type Sentence, sentence } from '../i18n/sentence.ts';
import { refusalSentence } from '../i18n/told-sentences.ts';
import type { Committed } from './film-store.ts';
import type { Notices } from './notices.ts';
import type { Project } from './project.ts';

/** A name for one gesture: everything it makes is named after it. */
export function newGesture(): GestureId {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `g${Date.now().toString(36)}${random[0]?.toString(36)}${random[1]?.toString(36)}` as GestureId;
}

/**
 * Commits a gesture: the playhead goes where the edit puts it, and a refusal is said in one sentence.
 * Answers the new film, or undefined where nothing changed.
 */
export function perform(project: Project, notices: Notices, intent: Intent): Film | undefined {
  return settle(project, notices, project.film.commit(intent));
}

export function undo(project: Project, notices: Notices): void {
  settle(project, notices, project.film.undo());
}

export function redo(project: Project, notices: Notices): void {
  settle(project, notices, project.film.redo());
}

function settle(project: Project, notices: Notices, result: Committed | undefined): Film | undefined {
  if (!result) return undefined;
  project.session.setState({ draft: undefined });
  if (result.kind === 'edited') {
    if (result.playhead !== undefined) project.transport.seek(result.playhead);
    return result.film;
  }
  const told =
    result.kind === 'reading-only' ? readingOnly(project) : refusalSentence(result.refusal, project.film.film());
  if (told) notices.tell({ severity: 'note', sentence: told });
  return undefined;
}

/** Why this window does not edit: nobody can, or another window does. */
export function readingOnly({ readOnly }: Pick<Project, 'readOnly'>): Sentence {
  return readOnly ? { failure: readOnly } : sentence('notice.readingOnly');
}
