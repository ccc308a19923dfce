import { type ExportRequest, exportDefaults } from '../../../engine/contract/export.ts';
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

/** Hands the export to the queue; answers whether it is on its way. */
export async function startExport(
  { projectId, film }: Project,
  { link, notices }: Pick<Services, 'link' | 'notices'>,
  choices: Pick<ExportRequest, 'path' | 'crf' | 'preset' | 'unfinished'>,
): Promise<boolean> {
  const connection = link.store.getState();
  if (connection.kind !== 'connected') {
    notices.tell(engineAway);
    return false;
  }
  const request = { ...choices, sequenceId: mainSequence(film.film()).id, audioKbps: exportDefaults.audioKbps };
  const outcome = await connection.engine.deliver.start({ projectId, request });
  if (outcome.kind === 'failed') {
    notices.tell({ severity: 'failure', sentence: { failure: outcome.failure } }, projectId);
    return false;
  }
  const started = sentence('export.started', { name: nameOf(choices.path) });
  notices.tell({ severity: 'note', sentence: started, cause: choices.path }, projectId);
  return true;
}
