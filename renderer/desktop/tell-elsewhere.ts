import type { StoreApi } from 'zustand/vanilla';
import type { Words } from '../i18n/index.ts';
import { type Sentence, sentence } from '../i18n/sentence.ts';
import type { Notice, Notices } from '../state/notices.ts';

export interface TellElsewhereOptions {
  readonly notices: Pick<Notices, 'store' | 'spoken'>;
  /** Whether shots are running or waiting for their turn. */
  readonly areShotsUnderWay: Pick<StoreApi<boolean>, 'getState' | 'subscribe'>;
  readonly isInFront: () => boolean;
  readonly words: () => Words;
  readonly notify: (title: string, body: string) => void;
}

/**
 * While the window is not in front, what an editor waits for is told as the system tells news: failures and exported
 * films at once, shots once the last of those under way has come to its end.
 */
export function tellElsewhere(options: TellElsewhereOptions): void {
  const { notices, areShotsUnderWay, isInFront, words, notify } = options;
  const made: Sentence[] = [];
  const failed: Sentence[] = [];
  const tell = (sentences: readonly Sentence[]) => {
    if (sentences.length === 0 || isInFront()) return;
    notify(words()('app.name'), sentences.map((each) => words()(each)).join('\n'));
  };
  const tellBatch = () => {
    if (areShotsUnderWay.getState()) return;
    tell([...asOne(made.splice(0), 'job.batchDone'), ...asOne(failed.splice(0), 'job.batchFailed')]);
  };
  // What is said of the last shot is said right after it was seen to end.
  const tellBatchSoon = () => queueMicrotask(tellBatch);

  areShotsUnderWay.subscribe(tellBatchSoon);
  notices.store.subscribe((now, before) => {
    for (const notice of now) {
      if (before.includes(notice) || !isAwaited(notice)) continue;
      if (isOfShot(notice)) failed.push(notice.sentence);
      else tell([notice.sentence]);
    }
    tellBatchSoon();
  });
  notices.spoken.subscribe((said) => {
    if (said && 'key' in said && said.key === 'job.spokenDone') made.push(said);
    tellBatchSoon();
  });
}

/** One is told as it is, more by their number. */
function asOne(sentences: readonly Sentence[], many: 'job.batchDone' | 'job.batchFailed'): readonly Sentence[] {
  return sentences.length > 1 ? [sentence(many, { count: sentences.length })] : sentences;
}

/** What waits in the window until it is seen: failures, and films that are exported. */
function isAwaited({ severity, isKept }: Notice): boolean {
  return severity === 'failure' || isKept === true;
}

function isOfShot({ sentence: told }: Notice): boolean {
  return 'key' in told && told.key === 'notice.shotFailed';
}
