import { randomBytes } from 'node:crypto';
import type { MediaId } from '../contract/ids.ts';

/** A file the window may read, and how to call it. */
export interface GrantedFile {
  readonly path: string;
  readonly mime: string;
}

/** The files windows may read, by ids that say nothing and cannot be guessed. */
export interface MediaGrants {
  /** Grants a file for a project. A path is granted once a project and keeps its id while the project is open. */
  grant(path: string, mime: string, project: string): MediaId;
  resolve(id: MediaId): GrantedFile | undefined;
  /** Takes back everything granted for a project. */
  release(project: string): void;
  count(): number;
}

export function mediaGrants(): MediaGrants {
  const files = new Map<MediaId, GrantedFile>();
  const idsOf = new Map<string, Map<string, MediaId>>();
  return {
    grant: (path, mime, project) => {
      const ids = idsOf.get(project) ?? new Map<string, MediaId>();
      idsOf.set(project, ids);
      const known = ids.get(path);
      if (known) return known;
      const id = randomBytes(16).toString('base64url') as MediaId; // 128 bits
      ids.set(path, id);
      files.set(id, { path, mime });
      return id;
    },
    resolve: (id) => files.get(id),
    release: (project) => {
      for (const id of idsOf.get(project)?.values() ?? []) files.delete(id);
      idsOf.delete(project);
    },
    count: () => files.size,
  };
}
