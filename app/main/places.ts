import { join, posix, win32 } from 'node:path';

/** Where the programs and files of this copy of Shotloom lie. */
export interface Places {
  /** The Node that the engine runs on: 24, never Electron's own. */
  readonly node: string;
  readonly engineEntry: string;
  readonly windowFolder: string;
  readonly preload: string;
}

export interface Copy {
  readonly isPackaged: boolean;
  /** The folder of the running bundle. */
  readonly here: string;
  readonly resourcesPath: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * In a package, what Node itself must read lies beside the archive in `resources/shotloom`, laid out as in a checkout:
 * Node cannot look into an archive. From a checkout, `npm start` names the Node.
 */
export function placesOf({ isPackaged, here, resourcesPath, platform, env }: Copy): Places {
  const own = { windowFolder: join(here, '..', 'renderer'), preload: join(here, 'preload.cjs') };
  if (!isPackaged) {
    const node = env.SHOTLOOM_NODE;
    if (!node) throw new Error('SHOTLOOM_NODE must name a Node 24; npm start does so.');
    return { ...own, node, engineEntry: join(here, '..', 'node', 'engine.mjs') };
  }
  const beside = join(resourcesPath, 'shotloom');
  return {
    ...own,
    node: join(beside, 'node', platform === 'win32' ? 'node.exe' : 'bin/node'),
    engineEntry: join(beside, 'dist', 'node', 'engine.mjs'),
  };
}

/** Where Electron keeps what belongs to the window: never in the folder of the engine's own settings. */
export function windowDataFolder(appData: string, { platform, env }: Pick<Copy, 'platform' | 'env'>): string {
  const { join: joined } = platform === 'win32' ? win32 : posix;
  if (env.SHOTLOOM_HOME) return joined(env.SHOTLOOM_HOME, 'window');
  return joined(appData, platform === 'linux' ? 'shotloom' : 'Shotloom', 'window');
}

/**
 * The project that a start was given: the first argument that is no switch and not the program itself. A project's file
 * stands for its folder.
 */
export function projectIn(argv: readonly string[], workingFolder: string, entry: string): string | undefined {
  const [given] = argv.slice(1).filter((each) => !each.startsWith('-') && each !== entry);
  return given === undefined || given === '' ? undefined : projectAt(given, workingFolder);
}

/** The folder of a project that was named by its folder or by the file in it. */
export function projectAt(path: string, workingFolder: string): string {
  const { resolve, basename, dirname } = /^([A-Za-z]:[\\/]|\\\\)/.test(workingFolder) ? win32 : posix;
  const full = resolve(workingFolder, path);
  return basename(full) === 'film.json' ? dirname(full) : full;
}
