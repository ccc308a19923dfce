import { useEffect } from 'react';
import type { Failure } from '../../engine/contract/failure.ts';
import { hasEnded, type Job } from '../../engine/contract/job.ts';
import type { Film } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { allClips } from '../../engine/document/track.ts';
import { sentence } from '../i18n/sentence.ts';
import { folderOf } from '../i18n/told-sentences.ts';
import { shareDone } from '../jobs/job-words.ts';
import { showExported } from '../jobs/show-exported.ts';
import { actOnJob } from '../jobs/use-job-actions.ts';
import type { Library } from '../state/library-store.ts';
import type { Notice, Notices } from '../state/notices.ts';
import { mainSequence, type Project } from '../state/project.ts';
import { useProject, useServices } from '../state/services.tsx';
import { showTake } from './show-take.ts';
import { atPlayhead } from './viewer/at-playhead.ts';

/** Speaks the start, the half and the end of jobs, and shows what the editor would else not see. */
export function useJobNews(): void {
  const project = useProject();
  const services = useServices();
  useEffect(() => {
    const { notices, host } = services;
    const news: News = {
      project,
      notices,
      retry: (job) => actOnJob(project, services, job, 'retry'),
      wayTo: (path) => showExported(path, host, notices),
    };
    const hearJobs = ({ jobs, isKnown }: Library, before: Library) => {
      if (jobs === before.jobs || !before.isKnown || !isKnown) return;
      for (const job of jobs.values()) {
        const earlier = before.jobs.get(job.id);
        if (earlier !== job && job.kind !== 'ingest') tellNews(news, job, earlier);
      }
    };
    // A ghost that was deleted has no failure to be led to.
    const hearFilm = () => {
      for (const job of project.library.getState().jobs.values()) {
        if (job.takeId && !usesTake(project.film.film(), job.takeId)) notices.mended(causeOf(job));
      }
    };
    const stops = [project.library.subscribe(hearJobs), project.film.store.subscribe(hearFilm)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [project, services]);
}

interface News {
  readonly project: Project;
  readonly notices: Notices;
  readonly retry: (job: Job) => void;
  readonly wayTo: (path: string) => NonNullable<Notice['action']>;
}

function tellNews(news: News, job: Job, earlier: Job | undefined): void {
  const { notices, retry, wayTo } = news;
  const { title, state } = job;
  const isNews = state.kind !== earlier?.state.kind;
  const cause = causeOf(job);
  if (isNews) notices.mended(cause);
  if (state.kind === 'failed' && isNews) tellFailure(news, job, state.failure);
  else if (state.kind === 'cancelled' && isNews) {
    const again = { label: sentence('common.retry'), run: () => retry(job) };
    const told = sentence('notice.cancelled', { title });
    notices.tell({ severity: 'note', sentence: told, cause, ...(job.kind === 'shot' && { action: again }) });
  } else if (state.kind === 'finished' && isNews) {
    if (job.path !== undefined) {
      const done = sentence('job.exportDone', { title, folder: folderOf(job.path) });
      // Nothing else in the window changes when a film is there, and the editor may have gone for tea.
      notices.tell({ severity: 'note', sentence: done, action: wayTo(job.path), cause, isKept: true });
    } else notices.speak(sentence('job.spokenDone', { title }));
  } else if (!hasEnded(state)) {
    if (!earlier) notices.speak(sentence('job.spokenStart', { title }));
    else if (shareDone(earlier.state) < 0.5 && shareDone(state) >= 0.5) {
      notices.speak(sentence('job.spokenHalf', { title }));
    }
  }
}

/**
 * A shot's reason stands in the viewer, over the place of its picture. While the playhead is elsewhere a notice leads
 * there; what has no place on the timeline, an export say, is told whole.
 */
function tellFailure({ notices, project }: News, job: Job, failure: Failure): void {
  const { title, takeId } = job;
  const { film, library, session } = project;
  const shown = atPlayhead(film.film(), library.getState(), session.getState().playhead);
  const isInView = shown.kind !== 'nothing' && shown.kind !== 'picture' && shown.takeId === takeId;
  if (takeId !== undefined && isInView) return;
  const about = { severity: 'failure', cause: causeOf(job) } as const;
  if (takeId !== undefined && usesTake(film.film(), takeId)) {
    const show = { label: sentence('notice.show'), run: () => showTake(project, takeId) };
    notices.tell({ ...about, sentence: sentence('notice.shotFailed', { title }), action: show });
  } else {
    const reason = { failure };
    notices.tell({ ...about, sentence: { key: 'job.failedBecause', values: { title }, nested: { reason } } });
  }
}

/** News of a job takes the place of what was told of it before; so does another export to the same file. */
function causeOf({ id, path }: Job): string {
  return path ?? id;
}

function usesTake(film: Film, takeId: TakeId): boolean {
  return allClips(mainSequence(film)).some(({ clip }) => clip.takeId === takeId);
}
