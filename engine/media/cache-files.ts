import { join } from 'node:path';
import type { TakeRecord } from '../contract/take.ts';

/** Everything that is made of a take to show it: all of it can be made again. */
export interface CacheFiles {
  readonly folder: string;
  readonly frameTable: string;
  readonly strip: string;
  readonly stripLayout: string;
  readonly poster: string;
  readonly still: string;
  readonly sound: string;
  readonly peaks: string;
  readonly proxy: string;
}

/** Raised when what is made of the same content changes: the old files are then left for the cache's cap to remove. */
const makingVersion = 1;

/**
 * Names what is made of a take by its content, so that a file imported twice, moved or renamed is prepared once: the
 * sample hash of an imported file with the streams that are used of it, the SHA-256 of generated frames.
 */
export function cacheKeyOf(record: TakeRecord): string {
  const { origin } = record;
  if (origin.kind === 'generated') return generatedKey(origin.sha256);
  const { picture, sound } = origin.media;
  const heard = sound && `${sound.streamIndex}${sound.timing === 'counted' ? 'c' : ''}`;
  const streams = [picture?.streamIndex ?? 'x', heard ?? 'x'];
  return `${origin.file.sampleHash.slice(0, 40)}-${streams.join('-')}-${makingVersion}`;
}

/** The key of a take whose frames were generated, before it has a record. */
export function generatedKey(sha256: string): string {
  return `${sha256.slice(0, 40)}-0-x-${makingVersion}`;
}

/** Where the files of a key lie: a folder of its own in the project's cache, which can be removed as one. */
export function cacheFilesOf(cacheFolder: string, key: string): CacheFiles {
  const folder = join(cacheFolder, key);
  const named = (name: string) => join(folder, name);
  return {
    folder,
    frameTable: named('frames.table'),
    strip: named('strip.jpg'),
    stripLayout: named('strip.json'),
    poster: named('poster.jpg'),
    still: named('still.png'),
    sound: named('sound.wav'),
    peaks: named('peaks.bin'),
    proxy: named('proxy.mp4'),
  };
}
