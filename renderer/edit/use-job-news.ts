import { useEffect } from 'react';
import { hasEnded, type Job } from '../../engine/contract/job.ts';
import { sentence } from '../i18n/sentence.ts';
import { shareDone } from '../jobs/job-words.ts';
import { showExported } from '../jobs/show-exported.ts';
import { actOnJob } from '../jobs/use-job-actions.ts';
import type { Notice, Notices } from '../state/notices.ts';
import { useProject, useServices } from '../state/services.tsx';

/** Speaks the start, the half and the end of jobs, and shows what the editor would else not see. */
export function useJobNews(): void {
  const project = useProject();
  const services = useServices();
  useEffect(() => {
    const { notices, host } = services;
    const news: News = {
      notices,
      retry: (job) => actOnJob(project, services, job, 'retry'),
      wayTo: (path) => showExported(path, host, notices),
    };
    return project.library.subscribe(({ jobs, isKnown }, before) => {
      if (jobs === before.jobs || !before.isKnown || !isKnown) return;
      for (const job of jobs.values()) {
        const earlier = before.jobs.get(job.id);
        if (earlier !== job && job.kind !== 'ingest') tellNews(news, job, earlier);
      }
    });
  }, [project, services]);
}

interface News {
  readonly notices: Notices;
  readonly retry: (job: Job) => void;
  readonly wayTo: (path: string) => NonNullable<Notice['action']>;
}

function tellNews({ notices, retry, wayTo }: News, job: Job, earlier: Job | undefined): void {
  const { title, state } = job;
  const isNews = state.kind !== earlier?.state.kind;
  if (state.kind === 'failed' && isNews) {
    const reason = { failure: state.failure };
    notices.tell({
      severity: 'failure',
      sentence: { key: 'job.failedBecause', values: { title }, nested: { reason } },
    });
  } else if (state.kind === 'cancelled' && isNews) {
    const again = { label: sentence('common.retry'), run: () => retry(job) };
    const told = sentence('notice.cancelled', { title });
    notices.tell({ severity: 'note', sentence: told, ...(job.kind === 'shot' && { action: again }) });
  } else if (state.kind === 'finished' && isNews) {
    if (job.path !== undefined) {
      notices.tell({ severity: 'note', sentence: sentence('job.exportDone', { title }), action: wayTo(job.path) });
    } else notices.speak(sentence('job.spokenDone', { title }));
  } else if (!hasEnded(state)) {
    if (!earlier) notices.speak(sentence('job.spokenStart', { title }));
    else if (shareDone(earlier.state) < 0.5 && shareDone(state) >= 0.5) {
      notices.speak(sentence('job.spokenHalf', { title }));
    }
  }
}
