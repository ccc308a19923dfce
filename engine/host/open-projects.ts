import { realpath } from 'node:fs/promises';
import type { ProjectId } from '../contract/ids.ts';
import { isProjectFolder } from '../project/open-project.ts';
import type { ProjectSession } from './project-session.ts';

/** The projects an engine holds: each once, however many ask for it, and only for as long as somebody needs it. */
export interface OpenProjects {
  /** Opens a project, or answers it where it is open already. Rejects as opening its folder does. */
  open(path: string): Promise<ProjectSession>;
  find(id: ProjectId): ProjectSession | undefined;
  close(): Promise<void>;
}

export interface OpenProjectsOptions {
  /** Opens the project of a folder; `onIdle` is told whenever nobody needs it any more. */
  readonly start: (folder: string, onIdle: () => void) => Promise<ProjectSession>;
  /** How long a project that nobody needs is kept: a window that is loaded again comes back to it. */
  readonly graceMs: number;
}

export function openProjects({ start, graceMs }: OpenProjectsOptions): OpenProjects {
  const sessions = new Map<ProjectId, ProjectSession>();
  const opening = new Map<string, Promise<ProjectSession>>();
  const closing = new Map<string, Promise<void>>();
  const resting = new Map<ProjectSession, NodeJS.Timeout>();

  const letGo = (session: ProjectSession): Promise<void> => {
    if (sessions.get(session.id) === session) sessions.delete(session.id);
    clearTimeout(resting.get(session));
    resting.delete(session);
    // One that cannot be folded where it lies has its journal, which loses nothing.
    const closed = session
      .close()
      .catch(() => {})
      .finally(() => {
        if (closing.get(session.folder) === closed) closing.delete(session.folder);
      });
    closing.set(session.folder, closed);
    return closed;
  };

  const rest = (session: ProjectSession) => {
    clearTimeout(resting.get(session));
    const timer = setTimeout(() => {
      resting.delete(session);
      if (session.isIdle()) void letGo(session);
    }, graceMs);
    resting.set(session, timer.unref()); // an engine that ends lets go of everything anyway
  };

  const begin = async (folder: string): Promise<ProjectSession> => {
    await closing.get(folder); // its lock is ours until then
    let session: ProjectSession | undefined;
    session = await start(folder, () => session && sessions.get(session.id) === session && rest(session));
    sessions.set(session.id, session);
    return session;
  };

  // A project may be moved while it is open here; its lock would keep it from being opened where it is now.
  const letGoOfMoved = async () => {
    for (const session of [...sessions.values()]) {
      if (!(await isProjectFolder(session.folder))) await letGo(session);
    }
  };

  return {
    open: async (path) => {
      // One project is one folder, whatever links lead to it.
      const folder = await realpath(path).catch(() => path);
      await letGoOfMoved();
      const known = [...sessions.values()].find((session) => session.folder === folder);
      if (known) return known;
      // Two windows that open the same project at the same moment must not fight over its lock.
      const underWay = opening.get(folder) ?? begin(folder);
      opening.set(folder, underWay);
      try {
        return await underWay;
      } finally {
        opening.delete(folder);
      }
    },
    find: (id) => sessions.get(id),
    close: async () => {
      await Promise.all([...sessions.values()].map(letGo));
      await Promise.all(closing.values());
    },
  };
}
