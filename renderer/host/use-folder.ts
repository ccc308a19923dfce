import { useEffect, useState } from 'react';
import type { FolderListing } from '../../engine/contract/system.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';
import { type Sentence, sentence } from '../i18n/sentence.ts';
import { useEngine } from '../state/services.tsx';
import type { FileRequest } from './file-browser-store.ts';

export interface FolderView {
  readonly listing: FolderListing | undefined;
  /** Whether the folder itself is a project; only asked where projects are opened. */
  readonly isProject: boolean;
  readonly problem: Sentence | undefined;
  readonly go: (path: string) => void;
}

const lastFolders = new Map<FileRequest['kind'], string>();

const shown = {
  'open-media': 'media',
  'locate-media': 'media',
  'choose-folder': 'folders',
  'open-project': 'projects',
  'save-export': 'media',
} as const satisfies Record<FileRequest['kind'], 'media' | 'projects' | 'folders'>;

/** The folder a browser shows; each kind of question begins where it was last answered. */
export function useFolder(request: FileRequest): FolderView {
  const { kind } = request;
  const engine = useEngine();
  const remembered = lastFolders.get(kind) ?? (request.kind === 'save-export' ? request.folder : undefined);
  const [path, setPath] = useState(remembered);
  const [listing, setListing] = useState<FolderListing | undefined>(undefined);
  const [isProject, setIsProject] = useState(false);
  const [problem, setProblem] = useState<Sentence | undefined>(undefined);

  useEffect(() => {
    if (!engine) {
      setProblem(sentence('notice.engineAway'));
      return;
    }
    const leaving = new AbortController();
    const show = shown[kind];
    engine.system
      .listFolder({ show, ...(path !== undefined && { path }) }, { signal: leaving.signal })
      .then(async (outcome) => {
        if (leaving.signal.aborted) return;
        if (outcome.kind === 'failed') {
          lastFolders.delete(kind);
          // A folder remembered from before may be gone: begin where the engine would.
          if (path === remembered) setPath(undefined);
          return setProblem({ failure: outcome.failure });
        }
        lastFolders.set(kind, outcome.value.path);
        const isOne = kind === 'open-project' && (await isProjectFolder(engine, outcome.value, leaving.signal));
        if (leaving.signal.aborted) return;
        setListing(outcome.value);
        setIsProject(isOne);
        setProblem(undefined);
      })
      .catch(() => {}); // another folder was asked for, or the engine went
    return () => leaving.abort();
  }, [engine, kind, path, remembered]);

  return { listing, isProject, problem, go: setPath };
}

/** A folder is told what lies in it, not what it is: that stands in its parent's list, where that may be read. */
async function isProjectFolder(
  engine: EngineClient,
  { path, parent }: FolderListing,
  signal: AbortSignal,
): Promise<boolean> {
  if (parent === undefined) return false;
  const outcome = await engine.system.listFolder({ show: 'projects', path: parent }, { signal });
  if (outcome.kind === 'failed') return false;
  return outcome.value.entries.some((entry) => entry.path === path && entry.kind === 'project');
}
