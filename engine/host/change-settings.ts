import type { Caches } from '../caches/caches.ts';
import { FailureError } from '../contract/failure.ts';
import { defaultCacheCapBytes, type Settings, type SettingsChange, type SettingsFacts } from '../contract/settings.ts';
import { findFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import type { FileRoots } from './file-roots.ts';
import type { GeneratorWatch } from './generator-watch.ts';
import { isFolder } from './is-folder.ts';
import type { SettingsKeeper } from './settings.ts';

/** What of the machine the settings decide. */
export interface SettledTools {
  /** The ffmpeg that runs now. Throws a FailureError `ffmpeg-missing`. */
  readonly ffmpegPath: () => string;
  readonly packFolder: () => string;
}

/** What settings are kept in, and what hears of them when they change. */
export interface SettledParts {
  readonly settings: SettingsKeeper;
  readonly caches: Caches;
  readonly generator: Pick<GeneratorWatch, 'reconsider'>;
}

export function cacheCapOf(settings: SettingsKeeper): number {
  return settings.now().cacheCapBytes ?? defaultCacheCapBytes;
}

/**
 * Changes the settings, once what they name was found where it is said to be: a setting that does not work would be
 * noticed much later. Throws a FailureError `ffmpeg-missing` or `folder-missing`, or as writing the file does.
 */
export async function changeSettings(
  { settings, caches, generator }: SettledParts,
  changes: SettingsChange,
): Promise<Settings> {
  const { ffmpegPath, packFolder, fileRoots = [] } = changes;
  if (ffmpegPath) findFfmpeg({ chosenPath: ffmpegPath, environment: {} });
  // A root that is set already may lie on a disk that is away: that is no reason to refuse another.
  const addedRoots = fileRoots.filter((root) => !settings.now().fileRoots?.includes(root));
  for (const folder of [...(packFolder ? [packFolder] : []), ...addedRoots]) {
    if (!(await isFolder(folder))) throw new FailureError({ code: 'folder-missing', path: folder });
  }
  const changed = await settings.change(changes);
  if (changes.cacheCapBytes !== undefined) await caches.holdToNewCap();
  // Finding out may take a process: whoever chose is not kept waiting, and follows how the generator stands.
  if (changes.device !== undefined) void generator.reconsider();
  return changed;
}

export async function settingsFacts(tools: SettledTools, roots: FileRoots, caches: Caches): Promise<SettingsFacts> {
  const ffmpegPath = workingFfmpeg(tools);
  return {
    ...(ffmpegPath !== undefined && { ffmpegPath }),
    isFfmpegGiven: Boolean(process.env.FFMPEG_BIN),
    packFolder: tools.packFolder(),
    fileRoots: roots.now().map(({ path }) => path),
    areFileRootsGiven: roots.areGiven,
    cacheFolder: caches.place(),
    cacheBytes: await caches.bytes(),
  };
}

function workingFfmpeg({ ffmpegPath }: SettledTools): string | undefined {
  try {
    return ffmpegPath();
  } catch (error) {
    if (error instanceof FailureError) return undefined;
    throw error;
  }
}
