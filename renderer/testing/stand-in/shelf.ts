import type { FolderEntry } from '../../../engine/contract/system.ts';

/** A file the stand-in pretends to have on disk, and what probing it would say. */
export interface ShelfFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly picture?: {
    readonly widthPx: number;
    readonly heightPx: number;
    readonly moving?: { readonly rate: { readonly num: number; readonly den: number }; readonly frameCount: number };
  };
  readonly soundSeconds?: number;
  readonly isUnreadable?: boolean;
}

export const home = '/home/mira';
export const rushes = `${home}/Rushes`;
/** The folders there are. */
export const folders: readonly string[] = [home, rushes];

/** What lies in the stand-in's file system: one file of each kind the window must show. */
export const shelf: readonly ShelfFile[] = [
  {
    path: `${rushes}/Harbour_A014.mov`,
    sizeBytes: 812_000_000,
    picture: { widthPx: 1920, heightPx: 1080, moving: { rate: { num: 24, den: 1 }, frameCount: 200 } },
    soundSeconds: 200 / 24,
  },
  {
    path: `${rushes}/Gulls_B002.mov`,
    sizeBytes: 301_000_000,
    picture: { widthPx: 960, heightPx: 540, moving: { rate: { num: 30000, den: 1001 }, frameCount: 150 } },
    soundSeconds: 5.005,
  },
  { path: `${rushes}/Harbour theme.wav`, sizeBytes: 5_900_000, soundSeconds: 31 },
  { path: `${rushes}/Mira VO 01.mp3`, sizeBytes: 96_000, soundSeconds: 3.5 },
  { path: `${rushes}/Map insert.png`, sizeBytes: 2_400_000, picture: { widthPx: 1280, heightPx: 720 } },
  { path: `${rushes}/broken.mp4`, sizeBytes: 12, isUnreadable: true },
];

/** The folder as the file browser is told it. Folders are those that files and projects lie in. */
export function listShelf(
  folder: string,
  show: 'media' | 'projects' | 'folders',
  projects: readonly string[],
): FolderEntry[] {
  const files = show === 'media' ? shelf.filter((file) => parentOf(file.path) === folder) : [];
  const below = [...shelf.map((file) => file.path), ...projects, `${home}/Shotloom/x`];
  const folders = new Set(below.flatMap((path) => childOn(path, folder) ?? []));
  return [
    ...[...folders].map((path) => entry(path, projects.includes(path) ? 'project' : 'folder', 0)),
    ...files.map((file) => entry(file.path, 'file', file.sizeBytes)),
  ];
}

export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

function childOn(path: string, folder: string): string | undefined {
  const prefix = folder === '/' ? '/' : `${folder}/`;
  if (!path.startsWith(prefix)) return undefined;
  const [name, ...rest] = path.slice(prefix.length).split('/');
  return rest.length > 0 || !name?.includes('.') ? `${prefix}${name}` : undefined;
}

function entry(path: string, kind: FolderEntry['kind'], sizeBytes: number): FolderEntry {
  return { name: path.slice(path.lastIndexOf('/') + 1), path, kind, sizeBytes, modifiedMs: Date.UTC(2026, 10, 20) };
}
