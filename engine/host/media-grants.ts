import { randomBytes } from 'node:crypto';
import type { MediaId } from '../contract/ids.ts';

/** A file the window may read, and how to call it. */
export interface GrantedFile {
  readonly path: string;
  readonly mime: string;
}

/** The files windows may read, by ids that say nothing and cannot be guessed. A path is granted once and keeps its id. */
export interface MediaGrants {
  grant(path: string, mime: string): MediaId;
  resolve(id: MediaId): GrantedFile | undefined;
}

export function mediaGrants(): MediaGrants {
  const files = new Map<MediaId, GrantedFile>();
  const ids = new Map<string, MediaId>();
  return {
    grant: (path, mime) => {
      const known = ids.get(path);
      if (known) return known;
      const id = randomBytes(16).toString('base64url') as MediaId; // 128 bits
      ids.set(path, id);
      files.set(id, { path, mime });
      return id;
    },
    resolve: (id) => files.get(id),
  };
}
