import type { Job } from '../../engine/contract/job.ts';
import { sentence } from '../i18n/sentence.ts';
import { useProject, useServices } from '../state/services.tsx';

/** Stops a job within one step, or lets it start again. */
export function useJobActions(job: Pick<Job, 'id'>): { readonly cancel: () => void; readonly retry: () => void } {
  const { link, notices } = useServices();
  const { projectId } = useProject();
  const act = (what: 'cancel' | 'retry') => () => {
    const connection = link.store.getState();
    if (connection.kind === 'connected') void connection.engine.jobs[what]({ projectId, jobId: job.id });
    else notices.tell({ severity: 'attention', sentence: sentence('notice.engineAway') });
  };
  return { cancel: act('cancel'), retry: act('retry') };
}
