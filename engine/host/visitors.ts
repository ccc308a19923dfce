import type { EditorId } from '../contract/ids.ts';

/** Who has a project open: windows and commands, each until it leaves or its connection goes. */
export interface Visitors {
  /** Lets one in. The same one coming in again over the same connection is there once. */
  enter(editor: EditorId, gone: AbortSignal): void;
  leave(editor: EditorId, gone: AbortSignal): void;
  areThereAny(): boolean;
  /** Sees everybody out. */
  close(): void;
}

interface Visit {
  readonly editor: EditorId;
  readonly gone: AbortSignal;
  readonly onGone: () => void;
}

/** @param onLeft told of each that has left, once for every time it came in */
export function visitors(onLeft: (editor: EditorId) => void): Visitors {
  const inside = new Set<Visit>();
  const end = (visit: Visit) => {
    inside.delete(visit);
    // A connection may outlive many projects, and must not keep them in memory.
    visit.gone.removeEventListener('abort', visit.onGone);
    onLeft(visit.editor);
  };
  const leave = (editor: EditorId, gone: AbortSignal) => {
    for (const visit of [...inside]) if (visit.editor === editor && visit.gone === gone) end(visit);
  };
  return {
    enter: (editor, gone) => {
      leave(editor, gone);
      const visit: Visit = { editor, gone, onGone: () => end(visit) };
      inside.add(visit);
      gone.addEventListener('abort', visit.onGone, { once: true });
      if (gone.aborted) end(visit);
    },
    leave,
    areThereAny: () => inside.size > 0,
    close: () => {
      for (const visit of [...inside]) end(visit);
    },
  };
}
