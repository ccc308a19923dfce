import type { JobState } from '../contract/job.ts';

/** Where a job is, in a line for the terminal. */
export function progressLine(state: JobState): string {
  if (state.kind !== 'running') return state.kind;
  const percent = `${Math.round(state.done * 100)} %`.padStart(5);
  const { activity } = state;
  switch (activity.kind) {
    case 'sampling':
      return `${percent}  step ${activity.step} of ${activity.stepCount}`;
    case 'decoding':
    case 'encoding':
      return `${percent}  ${activity.kind} frame ${activity.framesDone} of ${activity.frameCount}`;
    default:
      return `${percent}  ${activity.kind.replaceAll('-', ' ')}`;
  }
}
