import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { FailureError } from '../../contract/failure.ts';

export interface FfmpegPlaces {
  /** What the editor set in the settings. */
  readonly chosenPath?: string | undefined;
  /** Where FFMPEG_BIN and PATH are looked up; the process's own unless told otherwise. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Where the packaged binary lies; the ffmpeg-static package's unless told otherwise. */
  readonly packagedPath?: string | undefined;
}

/**
 * The ffmpeg to run: FFMPEG_BIN, else the one chosen in the settings, else the packaged one, else the first on PATH.
 * Of those that are set the first must work: silently running another than was asked for would make a wrong path in
 * the settings look right. ffprobe is never looked for; nothing here needs it.
 * Throws a FailureError `ffmpeg-missing`.
 */
export function findFfmpeg(places: FfmpegPlaces = {}): string {
  const environment = places.environment ?? process.env;
  const packaged = 'packagedPath' in places ? places.packagedPath : packagedProgram();
  const wanted = environment.FFMPEG_BIN || places.chosenPath;
  if (wanted) {
    if (isProgram(wanted)) return wanted;
    throw new FailureError({ code: 'ffmpeg-missing', reason: `${wanted} is not a program` });
  }
  const found = [packaged, ...onPath(environment)].find((path) => path !== undefined && isProgram(path));
  if (found) return found;
  throw new FailureError({ code: 'ffmpeg-missing', reason: 'no ffmpeg is packaged, set or on PATH' });
}

const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';

/** Where ffmpeg-static keeps its program. Its own script could tell, but is under the GPL: nothing of it runs in here. */
function packagedProgram(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve('ffmpeg-static/package.json')), name);
  } catch {
    return undefined;
  }
}

function onPath(environment: Readonly<Record<string, string | undefined>>): string[] {
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
