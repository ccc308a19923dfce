import type { JobId } from '../contract/ids.ts';
import { type Job, type JobState, jobSchema } from '../contract/job.ts';

/** The jobs of one project as windows see them. Whoever runs a job posts its state here, and nowhere else. */
export interface JobBoard {
  list(): readonly Job[];
  find(id: JobId): Job | undefined;
  post(job: Job): void;
  /** Changes the state of a job on the board; one that is not there stays away. */
  update(id: JobId, state: JobState): void;
  remove(id: JobId): void;
}

const calmMs = 100;

/**
 * Progress reaches windows at most ten times a second a job; a change of kind or activity at once.
 * @param onChange told of every change worth showing
 * @param now milliseconds of a clock that never goes back
 */
export function jobBoard(onChange: (job: Job) => void, now: () => number = () => performance.now()): JobBoard {
  const jobs = new Map<JobId, Job>();
  const shownAt = new Map<JobId, number>();

  const post = (job: Job) => {
    const before = jobs.get(job.id);
    jobs.set(job.id, jobSchema.parse(job));
    const isProgress = before && activityOf(before.state) === activityOf(job.state);
    if (isProgress && now() - (shownAt.get(job.id) ?? 0) < calmMs) return;
    shownAt.set(job.id, now());
    onChange(job);
  };

  return {
    list: () => [...jobs.values()],
    find: (id) => jobs.get(id),
    post,
    update: (id, state) => {
      const job = jobs.get(id);
      if (job) post({ ...job, state });
    },
    remove: (id) => {
      jobs.delete(id);
      shownAt.delete(id);
    },
  };
}

function activityOf(state: JobState): string {
  if (state.kind === 'running')
    return state.activity.kind === 'sampling' ? `step ${state.activity.step}` : state.activity.kind;
  return state.kind === 'queued' ? `queued ${state.position}` : state.kind;
}
