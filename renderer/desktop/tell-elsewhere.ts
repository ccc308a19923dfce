import type { Words } from '../i18n/index.ts';
import type { Sentence } from '../i18n/sentence.ts';
import type { Notice, Notices } from '../state/notices.ts';

export interface TellElsewhereOptions {
  readonly notices: Pick<Notices, 'store' | 'spoken'>;
  readonly isInFront: () => boolean;
  readonly words: () => Words;
  readonly notify: (title: string, body: string) => void;
}

/** While the window is not in front, what an editor waits for is told as the system tells news. */
export function tellElsewhere({ notices, isInFront, words, notify }: TellElsewhereOptions): void {
  const tell = (sentence: Sentence) => {
    if (!isInFront()) notify(words()('app.name'), words()(sentence));
  };
  notices.store.subscribe((now, before) => {
    for (const notice of now) if (!before.includes(notice) && isAwaited(notice)) tell(notice.sentence);
  });
  notices.spoken.subscribe((sentence) => {
    if (sentence && 'key' in sentence && sentence.key === 'job.spokenDone') tell(sentence);
  });
}

/** What waits in the window until it is seen: failures, and films that are exported. */
function isAwaited({ severity, isKept }: Notice): boolean {
  return severity === 'failure' || isKept === true;
}
