import { type ExportRequest, exportDefaults } from '../../../engine/contract/export.ts';
import { failureSentence, nameOf } from '../../i18n/failure-sentence.ts';
import { sentence } from '../../i18n/sentence.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import type { Services } from '../../state/services.tsx';

/** The film's name as a file name that every system takes. */
export function suggestedFileName({ film }: Project): string {
  const name = film
    .film()
    .name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  return `${name === '' ? 'Film' : name}.mp4`;
}

/** Where an export goes unless the editor says otherwise: beside the film. */
export function exportDestination(project: Project): string {
  const { folder } = project;
  const separator = folder.includes('\\') ? '\\' : '/';
  return `${folder}${separator}${suggestedFileName(project)}`;
}

/** Hands the export to the queue; answers whether it is on its way. */
export async function startExport(
  { projectId, film }: Project,
  { link, notices }: Pick<Services, 'link' | 'notices'>,
  choices: Pick<ExportRequest, 'path' | 'crf' | 'preset' | 'unfinished'>,
): Promise<boolean> {
  const connection = link.store.getState();
  if (connection.kind !== 'connected') {
    notices.tell({ severity: 'attention', sentence: sentence('notice.engineAway') });
    return false;
  }
  const request = { ...choices, sequenceId: mainSequence(film.film()).id, audioKbps: exportDefaults.audioKbps };
  const outcome = await connection.engine.deliver.start({ projectId, request });
  if (outcome.kind === 'failed') {
    notices.tell({ severity: 'failure', sentence: failureSentence(outcome.failure) });
    return false;
  }
  notices.tell({ severity: 'note', sentence: sentence('export.started', { name: nameOf(choices.path) }) });
  return true;
}
