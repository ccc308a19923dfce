import { basename, join } from 'node:path';
import { FailureError, type Outcome } from '../contract/failure.ts';
import type { Activity } from '../contract/job.ts';
import { type TakeRecord, takeRecordSchema } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { findFile, referenceTo } from './file-reference.ts';
import { unreadable } from './open-media.ts';
import { prepare } from './prepare.ts';
import { probe } from './probe/probe.ts';
import { exists, preparedFiles, type TakeFiles, type TakePlaces } from './take-files.ts';

export interface ProbeFileOptions {
  readonly takeId: TakeId;
  /** The path from here is remembered too, so that a film moved with its clips finds them. */
  readonly projectFolder: string;
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks into a file and describes the take it makes, ready to be written as its `take.json`. The file stays where it
 * is. Never throws but the signal's reason: a file that is no take is a failure that says why.
 */
export async function probeFile(path: string, options: ProbeFileOptions): Promise<Outcome<TakeRecord>> {
  const { takeId, projectFolder, ffmpegPath, signal } = options;
  try {
    const { media, picture, sound } = await probe(path, { ffmpegPath, signal });
    const record = {
      version: 1,
      facts: {
        ...{ id: takeId, name: basename(path).normalize('NFC').slice(0, 400), origin: 'imported' },
        ...(picture ? { picture } : {}),
        ...(sound ? { sound } : {}),
      },
      createdAt: new Date().toISOString(),
      origin: { kind: 'imported', file: await referenceTo(path, projectFolder), media },
    };
    // A damaged header may claim a picture a million pixels wide: what no film may hold is no take.
    const parsed = takeRecordSchema.safeParse(record);
    if (!parsed.success) throw unreadable(path, 'it is damaged', parsed.error);
    return { kind: 'done', value: parsed.data };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof FailureError)) throw error;
    // Nothing of the film is missing: the name that was given is wrong.
    const isNoFile = error.failure.code === 'media-missing';
    return { kind: 'failed', failure: isNoFile ? unreadable(path, 'there is no such file').failure : error.failure };
  }
}

/**
 * Where a take's own frames or sound lie now: the file it was imported from, or the frames in its folder. Undefined
 * when it is gone, or when another file lies in its place: its frames are not the take's.
 */
export async function locateTake(
  record: TakeRecord,
  folders: { readonly project: string; readonly take: string },
): Promise<string | undefined> {
  const { origin } = record;
  if (origin.kind === 'imported') {
    const found = await findFile(origin.file, folders.project);
    return found.kind === 'found' ? found.path : undefined;
  }
  const frames = join(folders.take, origin.file);
  return (await exists(frames)) ? frames : undefined;
}

export interface PrepareOptions extends TakePlaces {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
  /** `done`: share of all that there is to do, by time, in [0, 1]. */
  readonly onActivity?: ((activity: Activity, done: number) => void) | undefined;
  /** What can be shown so far, whole each time: first what lies in the cache, then after each part that is made. */
  readonly onFiles?: ((files: TakeFiles) => void) | undefined;
}

/**
 * Makes what a window needs to show a take, in the order of its use: where its frames are, the strip and the poster,
 * the sound and its peaks, a proxy where the window cannot play the file itself or would seek slowly in it. What lies
 * in the cache already is not made again: a take that was prepared before costs no run of ffmpeg.
 *
 * Answers all files. Throws a FailureError (`media-missing` when something is to be made of a file that is gone), or
 * the signal's reason. Whatever was finished by then stays, and nothing half finished does.
 */
export async function prepareTake(record: TakeRecord, options: PrepareOptions): Promise<TakeFiles> {
  const { onFiles } = options;
  const report = async () => {
    const files = await preparedFiles(record, options);
    onFiles?.(files);
    return files;
  };
  await report();
  await prepare(record, options, async () => void (await report()));
  return preparedFiles(record, options);
}
