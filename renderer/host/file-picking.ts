import type { FolderListing } from '../../engine/contract/system.ts';
import { assertNever } from '../../engine/document/film.ts';
import type { FileRequest } from './file-browser-store.ts';

/** What has been marked in the list, and the name typed for a file to save. */
export interface Picking {
  readonly marked: readonly string[];
  readonly name: string;
}

/** The folder that the browser stands in. */
export interface Standing {
  readonly listing: FolderListing;
  /** Whether the folder itself is a project. */
  readonly isProject: boolean;
}

/** The paths that accepting would answer; none while it would answer nothing. */
export function pickedPaths(
  request: FileRequest,
  { listing, isProject }: Standing,
  picking: Picking,
): readonly string[] {
  const kinds = new Map(listing.entries.map((entry) => [entry.path, entry.kind]));
  switch (request.kind) {
    case 'open-media':
      return picking.marked.filter((path) => kinds.get(path) === 'file');
    case 'locate-media':
      return picking.marked.filter((path) => kinds.get(path) === 'file').slice(0, 1);
    case 'choose-folder':
      return [picking.marked.find((path) => kinds.get(path) !== 'file') ?? listing.path];
    case 'open-project': {
      const marked = picking.marked.filter((path) => kinds.get(path) === 'project');
      return [...marked, ...(isProject ? [listing.path] : [])].slice(0, 1);
    }
    case 'save-export': {
      const name = withExtension(picking.name.trim());
      return name === undefined ? [] : [joinPath(listing.path, name)];
    }
    default:
      return assertNever(request);
  }
}

export function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

function withExtension(name: string): string | undefined {
  if (name === '' || /[\\/]/.test(name)) return undefined;
  return /\.mp4$/i.test(name) ? name : `${name}.mp4`;
}
