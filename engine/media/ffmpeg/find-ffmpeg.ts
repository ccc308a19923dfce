import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import ffmpegStatic from 'ffmpeg-static';
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
  const packaged = unpacked('packagedPath' in places ? places.packagedPath : (ffmpegStatic ?? undefined));
  const wanted = environment.FFMPEG_BIN || places.chosenPath;
  if (wanted) {
    if (isProgram(wanted)) return wanted;
    throw new FailureError({ code: 'ffmpeg-missing', reason: `${wanted} is not a program` });
  }
  const found = [packaged, ...onPath(environment)].find((path) => path !== undefined && isProgram(path));
  if (found) return found;
  throw new FailureError({ code: 'ffmpeg-missing', reason: 'no ffmpeg is packaged, set or on PATH' });
}

// A program cannot be started from inside Electron's archive: the packaged copy lies unpacked beside it.
function unpacked(path: string | undefined): string | undefined {
  return path?.replace(/\bapp\.asar(?=[\\/])/, 'app.asar.unpacked');
}

function onPath(environment: Readonly<Record<string, string | undefined>>): string[] {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
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
