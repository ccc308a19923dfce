import type { ClosingAnswer } from '../../engine/contract/desktop-requests.ts';
import { hasEnded } from '../../engine/contract/job.ts';
import type { Words } from '../i18n/index.ts';
import type { Saving } from '../state/journal-queue.ts';
import type { Project } from '../state/project.ts';

export interface ClosingOptions {
  readonly project: Project | undefined;
  /** Whether jobs stop with the window. */
  readonly endsEngine: boolean;
  readonly words: Words;
  /** How long gestures may be under way before the editor is asked. */
  readonly patienceMs?: number;
}

/**
 * What a window answers when it is told to close: it waits for its last gestures to be in the journal, and asks where
 * they are not, or where jobs would be interrupted.
 */
export async function closingAnswer(options: ClosingOptions): Promise<ClosingAnswer> {
  const { project, endsEngine, words, patienceMs = 3000 } = options;
  if (!project) return { kind: 'ready' };
  const saving = await untilSettled(project, patienceMs);
  if (saving.kind !== 'saved') {
    const detail = saving.kind === 'stuck' ? words({ failure: saving.failure }) : words('closing.unsavedDetail');
    return { kind: 'ask', message: words('closing.unsaved'), detail, ...buttons(words, 'closing.closeAnyway') };
  }
  const count = [...project.library.getState().jobs.values()].filter(isInterrupted).length;
  if (!endsEngine || count === 0) return { kind: 'ready' };
  const detail = words('closing.jobsDetail', { project: project.film.film().name, count });
  return { kind: 'ask', message: words('closing.jobs'), detail, ...buttons(words, 'closing.quit') };
}

/** Shots and exports. What a take needs to be shown is made again at the next start without a word. */
function isInterrupted({ kind, state }: { kind: string; state: Parameters<typeof hasEnded>[0] }): boolean {
  return kind !== 'ingest' && state.kind !== 'paused' && !hasEnded(state);
}

function buttons(words: Words, leave: 'closing.quit' | 'closing.closeAnyway') {
  return { leave: words(leave), stay: words('closing.stay') };
}

function untilSettled({ saving }: Project, patienceMs: number): Promise<Saving> {
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(timer);
      stop();
      resolve(saving.getState());
    };
    const look = () => saving.getState().kind !== 'saving' && settle();
    const timer = setTimeout(settle, patienceMs);
    const stop = saving.subscribe(look);
    look();
  });
}
