import { useEffect, useState } from 'react';
import type { FolderListing } from '../../engine/contract/system.ts';
import { failureSentence } from '../i18n/failure-sentence.ts';
import { type Sentence, sentence } from '../i18n/sentence.ts';
import { useEngine } from '../state/services.tsx';
import type { FileRequest } from './file-browser-store.ts';

export interface FolderView {
  readonly listing: FolderListing | undefined;
  readonly problem: Sentence | undefined;
  readonly go: (path: string) => void;
}

const lastFolders = new Map<FileRequest['kind'], string>();

/** The folder a browser shows; each kind of question begins where it was last answered. */
export function useFolder({ kind }: FileRequest): FolderView {
  const engine = useEngine();
  const [path, setPath] = useState(lastFolders.get(kind));
  const [listing, setListing] = useState<FolderListing | undefined>(undefined);
  const [problem, setProblem] = useState<Sentence | undefined>(undefined);

  useEffect(() => {
    if (!engine) {
      setProblem(sentence('notice.engineAway'));
      return;
    }
    const leaving = new AbortController();
    const show = kind === 'open-media' ? 'media' : kind === 'open-project' ? 'projects' : 'folders';
    engine.system
      .listFolder({ show, ...(path !== undefined && { path }) }, { signal: leaving.signal })
      .then((outcome) => {
        if (leaving.signal.aborted) return;
        if (outcome.kind === 'failed') return setProblem(failureSentence(outcome.failure));
        lastFolders.set(kind, outcome.value.path);
        setListing(outcome.value);
        setProblem(undefined);
      })
      .catch(() => {}); // another folder was asked for, or the engine went
    return () => leaving.abort();
  }, [engine, kind, path]);

  return { listing, problem, go: setPath };
}
