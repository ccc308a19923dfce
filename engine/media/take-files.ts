import { access, readFile } from 'node:fs/promises';
import { type FrameTable, readFrameTable } from '../contract/frame-table-file.ts';
import type { MediaId } from '../contract/ids.ts';
import { filmstripSchema, type TakeView } from '../contract/library.ts';
import type { TakeRecord } from '../contract/take.ts';
import { assertNever } from '../document/film.ts';
import { type CacheFiles, cacheFilesOf, cacheKeyOf } from './cache-files.ts';
import type { Strip } from './view/filmstrip.ts';
import { proxyNeed, proxySize } from './view/proxy.ts';
import { drawnStill } from './view/still.ts';

/** A take's view before the window was granted its files. */
export interface TakeFiles {
  readonly strip?: Strip & { readonly path: string };
  readonly poster?: string;
  readonly picture?: PictureFile;
  readonly sound?: string;
  readonly peaks?: string;
}

export type PictureFile =
  | { readonly kind: 'original'; readonly path: string; readonly mime: string; readonly frameTable: string }
  | { readonly kind: 'proxy'; readonly path: string; readonly widthPx: number; readonly heightPx: number }
  | { readonly kind: 'still'; readonly path: string };

/** Where a take's own file lies, undefined while it is missing, and where what is made of it goes. */
export interface TakePlaces {
  readonly path: string | undefined;
  readonly cacheFolder: string;
}

/**
 * What there is to show of a take without doing anything for it: the files of its cache, and the original itself where
 * the window can play it. Of a take that was prepared before this is everything.
 */
export async function preparedFiles(record: TakeRecord, places: TakePlaces): Promise<TakeFiles> {
  const files = cacheFilesOf(places.cacheFolder, cacheKeyOf(record));
  const { picture, sound } = record.facts;
  const strip = await readStrip(files);
  return {
    ...(strip ? { strip } : {}),
    ...((await exists(files.poster)) ? { poster: files.poster } : {}),
    ...(picture ? await pictureFile(record, files, places.path) : {}),
    ...(sound && (await exists(files.sound)) ? { sound: files.sound } : {}),
    ...(sound && (await exists(files.peaks)) ? { peaks: files.peaks } : {}),
  };
}

/** The view that the window gets: each file under the id it is granted by. */
export function viewOf(files: TakeFiles, grant: (path: string, mime: string) => MediaId): TakeView {
  const { strip, poster, picture, sound, peaks } = files;
  return {
    ...(strip ? { filmstrip: granted(strip, grant) } : {}),
    ...(poster ? { poster: grant(poster, 'image/jpeg') } : {}),
    ...(picture ? { picture: grantedPicture(picture, grant) } : {}),
    ...(sound ? { sound: grant(sound, 'audio/wav') } : {}),
    ...(peaks ? { peaks: grant(peaks, 'application/octet-stream') } : {}),
  };
}

/**
 * A still as the exporter reads it: what was drawn of it for the window, so that a film has the very pixels that were
 * seen, whichever program would read the original how. Undefined of what moves, and until it is drawn.
 */
export function stillToExport({ facts, origin }: TakeRecord, { picture: shown }: TakeFiles) {
  const { picture } = origin.media;
  if (shown?.kind !== 'still' || !picture || !facts.picture) return undefined;
  return { path: shown.path, ...drawnStill(picture, facts.picture) };
}

/** The frame table of a take, from the cache; undefined until it was prepared. The exporter finds frames by it. */
export async function readTakeTable(record: TakeRecord, cacheFolder: string): Promise<FrameTable | undefined> {
  return readTable(cacheFilesOf(cacheFolder, cacheKeyOf(record)));
}

export async function readTable(files: CacheFiles): Promise<FrameTable | undefined> {
  try {
    return readFrameTable(await readFile(files.frameTable));
  } catch {
    return undefined;
  }
}

export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const stripLayoutSchema = filmstripSchema.omit({ media: true });

/** The strip of a take, from the cache; undefined until it was drawn. */
export async function readStrip(files: CacheFiles): Promise<TakeFiles['strip']> {
  try {
    const layout = stripLayoutSchema.parse(JSON.parse(await readFile(files.stripLayout, 'utf8')));
    return (await exists(files.strip)) ? { ...layout, path: files.strip } : undefined;
  } catch {
    return undefined;
  }
}

async function pictureFile(
  record: TakeRecord,
  files: CacheFiles,
  path: string | undefined,
): Promise<Pick<TakeFiles, 'picture'>> {
  const { picture } = record.facts;
  if (picture?.kind === 'still')
    return (await exists(files.still)) ? { picture: { kind: 'still', path: files.still } } : {};
  if (!picture) return {};
  if (await exists(files.proxy)) return { picture: { kind: 'proxy', path: files.proxy, ...proxySize(picture) } };
  const table = await readTable(files);
  const { media } = record.origin;
  if (!table || path === undefined || proxyNeed(media, table) === 'must') return {};
  const mime = mimes[media.container] ?? 'application/octet-stream';
  return { picture: { kind: 'original', path, mime, frameTable: files.frameTable } };
}

const mimes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  matroska: 'video/x-matroska',
  webm: 'video/webm',
};

function granted({ path, ...layout }: NonNullable<TakeFiles['strip']>, grant: (path: string, mime: string) => MediaId) {
  return { ...layout, media: grant(path, 'image/jpeg') };
}

function grantedPicture(
  picture: PictureFile,
  grant: (path: string, mime: string) => MediaId,
): NonNullable<TakeView['picture']> {
  switch (picture.kind) {
    case 'original': {
      const { path, mime, frameTable } = picture;
      return {
        kind: 'original',
        media: grant(path, mime),
        mime,
        frameTable: grant(frameTable, 'application/octet-stream'),
      };
    }
    case 'proxy': {
      const { path, widthPx, heightPx } = picture;
      return { kind: 'proxy', media: grant(path, 'video/mp4'), widthPx, heightPx };
    }
    case 'still':
      return { kind: 'still', media: grant(picture.path, 'image/png') };
    default:
      return assertNever(picture);
  }
}
