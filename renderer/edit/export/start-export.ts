import { type ExportRequest, exportDefaults } from '../../../engine/contract/export.ts';
import type { Failure } from '../../../engine/contract/failure.ts';
import { joinPath } from '../../host/file-picking.ts';
import type { ExportSuggestion } from '../../host/host-api.ts';
import { sentence } from '../../i18n/sentence.ts';
import { nameOf } from '../../i18n/told-sentences.ts';
import { engineAway } from '../../state/notices.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import type { Services } from '../../state/services.tsx';

/** The film's name as a file name that every system takes. */
function suggestedFileName({ film }: Project): string {
  const name = film
    .film()
    .name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return `${name === '' ? 'Film' : name}.mp4`;
}

/** Beside the film, under its name. */
export function exportSuggestion(project: Project): ExportSuggestion {
  return { folder: project.folder, name: suggestedFileName(project) };
}

/** Where an export goes unless the editor says otherwise: beside the film. */
export function exportDestination(project: Project): string {
  const { folder, name } = exportSuggestion(project);
  return joinPath(folder, name);
}

/** A file that has the export's name, and a name beside it that is free. */
export type FileInTheWay = Extract<Failure, { code: 'file-exists' }>;

export type ExportStart =
  | { readonly kind: 'started' }
  /** The editor has been told why. */
  | { readonly kind: 'not-started' }
  | { readonly kind: 'in-the-way'; readonly file: FileInTheWay };

/** Hands the export to the queue, unless there is something to be asked or told first. */
export async function startExport(
  { projectId, film }: Project,
  { link, notices }: Pick<Services, 'link' | 'notices'>,
  choices: Pick<ExportRequest, 'path' | 'crf' | 'preset' | 'unfinished' | 'existing'>,
): Promise<ExportStart> {
  const connection = link.store.getState();
  if (connection.kind !== 'connected') {
    notices.tell(engineAway);
    return { kind: 'not-started' };
  }
  const request = { ...choices, sequenceId: mainSequence(film.film()).id, audioKbps: exportDefaults.audioKbps };
  const outcome = await connection.engine.deliver.start({ projectId, request });
  if (outcome.kind === 'failed') {
    const { failure } = outcome;
    if (failure.code === 'file-exists') return { kind: 'in-the-way', file: failure };
    notices.tell({ severity: 'failure', sentence: { failure } }, projectId);
    return { kind: 'not-started' };
  }
  const started = sentence('export.started', { name: nameOf(choices.path) });
  notices.tell({ severity: 'note', sentence: started, cause: choices.path }, projectId);
  return { kind: 'started' };
}
