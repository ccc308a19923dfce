import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Sentence } from '../i18n/sentence.ts';

/** One sentence at the foot of the window, told once. */
export interface Notice {
  readonly id: number;
  readonly severity: 'note' | 'attention' | 'failure';
  readonly sentence: Sentence;
  readonly action?: { readonly label: Sentence; readonly run: () => void };
}

export interface Notices {
  readonly store: StoreApi<readonly Notice[]>;
  tell(notice: Omit<Notice, 'id'>): void;
  dismiss(id: number): void;
  /** Spoken by screen readers and shown nowhere: starts and ends of jobs. */
  readonly spoken: StoreApi<Sentence | undefined>;
  speak(sentence: Sentence): void;
}

const mostAtOnce = 4;

export function createNotices(): Notices {
  const store = createStore<readonly Notice[]>(() => []);
  const spoken = createStore<Sentence | undefined>(() => undefined);
  let told = 0;
  return {
    store,
    spoken,
    tell: (notice) => {
      const added = { ...notice, id: ++told };
      // The same sentence twice is one sentence: a key held down against a locked track must not fill the window.
      const others = store.getState().filter((each) => !isSame(each.sentence, notice.sentence));
      store.setState([...others, added].slice(-mostAtOnce), true);
    },
    dismiss: (id) =>
      store.setState(
        store.getState().filter((notice) => notice.id !== id),
        true,
      ),
    speak: (sentence) => spoken.setState(sentence, true),
  };
}

function isSame(a: Sentence, b: Sentence): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
