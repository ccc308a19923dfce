import type { Job } from '../../engine/contract/job.ts';
import { engineAway } from '../state/notices.ts';
import type { Project } from '../state/project.ts';
import { type Services, useProject, useServices } from '../state/services.tsx';

/** Stops a job within one step, or lets it start again. */
export function useJobActions(job: Pick<Job, 'id'>): { readonly cancel: () => void; readonly retry: () => void } {
  const services = useServices();
  const project = useProject();
  return {
    cancel: () => actOnJob(project, services, job, 'cancel'),
    retry: () => actOnJob(project, services, job, 'retry'),
  };
}

export function actOnJob(
  { projectId }: Project,
  { link, notices }: Pick<Services, 'link' | 'notices'>,
  { id: jobId }: Pick<Job, 'id'>,
  what: 'cancel' | 'retry',
): void {
  const connection = link.store.getState();
  if (connection.kind !== 'connected') {
    notices.tell(engineAway);
    return;
  }
  void connection.engine.jobs[what]({ projectId, jobId }).then(
    (outcome) => {
      if (outcome.kind === 'failed') notices.tell({ severity: 'failure', sentence: outcome }, projectId);
    },
    () => {}, // the connection went: its loss is told of elsewhere
  );
}
