import type { Activity, JobState } from '../../engine/contract/job.ts';
import { assertNever } from '../../engine/document/film.ts';
import { formatClock } from '../i18n/format.ts';
import { type Sentence, sentence } from '../i18n/sentence.ts';

/** What a job is doing, in words: the same in the ghost, the viewer, the panel, the queue and the title. */
export function phaseOf(state: JobState): Sentence {
  switch (state.kind) {
    case 'queued':
      return state.position === 0 ? sentence('job.queuedNext') : sentence('job.queuedAt', { position: state.position });
    case 'running':
      return activityOf(state.activity);
    case 'paused':
      return sentence(state.because ? 'job.pausedFull' : 'job.paused');
    case 'finished':
      return sentence('job.finished');
    case 'cancelled':
      return sentence('job.cancelled');
    case 'failed':
      return sentence('job.failed');
    default:
      return assertNever(state);
  }
}

/** The phase where there is room for a word or two: on a ghost. */
export function shortPhaseOf(state: JobState): Sentence {
  if (state.kind === 'queued') return sentence('job.queued');
  if (state.kind === 'running' && state.activity.kind === 'sampling') {
    return sentence('job.stepShort', { step: state.activity.step });
  }
  return phaseOf(state);
}

/** How far a job is, in [0, 1]; by time and not by phase. */
export function shareDone(state: JobState): number {
  if (state.kind === 'running') return state.done;
  return state.kind === 'finished' ? 1 : 0;
}

export function percentDone(state: JobState): number {
  return Math.floor(shareDone(state) * 100);
}

/** "0:42 left", where the engine dares to say. */
export function timeLeftOf(state: JobState): Sentence | undefined {
  if (state.kind !== 'running' || state.secondsLeft === undefined) return undefined;
  return sentence('time.left', { clock: formatClock(state.secondsLeft) });
}

function activityOf(activity: Activity): Sentence {
  switch (activity.kind) {
    case 'loading-pack':
      return sentence('job.loadingPack');
    case 'reading-prompt':
      return sentence('job.readingPrompt');
    case 'sampling':
      return sentence('job.step', { step: activity.step, count: activity.stepCount });
    case 'decoding':
      return sentence('job.decoding');
    case 'writing':
      return sentence('job.writing');
    case 'indexing':
      return sentence('job.indexing');
    case 'drawing-filmstrip':
      return sentence('job.filmstrip');
    case 'drawing-waveform':
      return sentence('job.waveform');
    case 'making-proxy':
      return sentence('job.proxy');
    case 'encoding':
      return sentence('job.encoding', { done: activity.framesDone, count: activity.frameCount });
    default:
      return assertNever(activity);
  }
}
