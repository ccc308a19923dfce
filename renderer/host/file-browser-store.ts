import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MessageKey } from '../i18n/messages.ts';
import type { ExportSuggestion } from './host-api.ts';

/** What the in-app file browser is asked for. */
export type FileRequest =
  | { readonly kind: 'open-media' }
  | { readonly kind: 'locate-media'; readonly name: string }
  | { readonly kind: 'choose-folder'; readonly title: MessageKey }
  | { readonly kind: 'open-project' }
  | ({ readonly kind: 'save-export' } & ExportSuggestion);

export interface FileBrowser {
  /** The question being asked, while one is. */
  readonly store: StoreApi<FileRequest | undefined>;
  /** The chosen paths, or undefined when the editor backs out. A question already open is backed out of first. */
  ask(request: FileRequest): Promise<readonly string[] | undefined>;
  answer(paths: readonly string[] | undefined): void;
}

export function createFileBrowser(): FileBrowser {
  const store = createStore<FileRequest | undefined>(() => undefined);
  let settle: ((paths: readonly string[] | undefined) => void) | undefined;
  const answer = (paths: readonly string[] | undefined) => {
    store.setState(undefined, true);
    settle?.(paths);
    settle = undefined;
  };
  return {
    store,
    answer,
    ask: (request) => {
      answer(undefined);
      store.setState(request, true);
      return new Promise((resolve) => {
        settle = resolve;
      });
    },
  };
}
