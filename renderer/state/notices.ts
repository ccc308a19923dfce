import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ProjectId } from '../../engine/contract/ids.ts';
import type { Sentence } from '../i18n/sentence.ts';

/** One sentence at the foot of the window, told once. */
export interface Notice {
  readonly id: number;
  readonly severity: 'note' | 'attention' | 'failure';
  readonly sentence: Sentence;
  readonly action?: { readonly label: Sentence; readonly run: () => void };
  /** A name for what it is about: it goes by itself once that is mended. */
  readonly cause?: string;
  /** Whether it waits to be seen; a failure always does. */
  readonly isKept?: boolean;
}

/** Where the editor is: a project, or no project. */
export type Place = ProjectId | 'start';

/** What the window has to say. A notice belongs to the place where it happened, and stays behind with it. */
export interface Notices {
  readonly store: StoreApi<readonly Notice[]>;
  /** `place`: where it happened, for what ends later than it began; nothing is told of a place that was left. */
  tell(notice: Omit<Notice, 'id'>, place?: Place): void;
  dismiss(id: number): void;
  /** What notices with this cause spoke of holds no longer. */
  mended(cause: string): void;
  enter(place: Place): void;
  /** Spoken by screen readers and shown nowhere: starts and ends of jobs. */
  readonly spoken: StoreApi<Sentence | undefined>;
  speak(sentence: Sentence): void;
}

const mostAtOnce = 4;

export function createNotices(): Notices {
  const store = createStore<readonly Notice[]>(() => []);
  const spoken = createStore<Sentence | undefined>(() => undefined);
  let told = 0;
  let here: Place = 'start';
  const keep = (stays: (notice: Notice) => boolean) => {
    const kept = store.getState().filter(stays);
    if (kept.length < store.getState().length) store.setState(kept, true);
  };
  return {
    store,
    spoken,
    tell: (notice, place = here) => {
      if (place !== here) return;
      const added = { ...notice, id: ++told };
      // The same sentence twice is one sentence: a key held down against a locked track must not fill the window.
      const others = store.getState().filter((each) => !isSame(each.sentence, notice.sentence));
      store.setState([...others, added].slice(-mostAtOnce), true);
    },
    dismiss: (id) => keep((notice) => notice.id !== id),
    mended: (cause) => keep((notice) => notice.cause !== cause),
    enter: (place) => {
      if (place !== here) keep(() => false);
      here = place;
    },
    speak: (sentence) => spoken.setState(sentence, true),
  };
}

/** What a window without its engine could not do. */
export const engineAway = {
  severity: 'attention',
  sentence: { key: 'notice.engineAway' },
  cause: 'engine-away',
} as const satisfies Omit<Notice, 'id'>;

function isSame(a: Sentence, b: Sentence): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
