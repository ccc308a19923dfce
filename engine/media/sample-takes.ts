import type { PictureStream } from '../contract/take.ts';
import type { TakePicture } from '../document/film.ts';
import type { TakeMedia } from './decode/frames-from.ts';
import { probe, readFrames } from './probe/probe.ts';
import { ffmpegPath } from './sample-media.ts';
import { takeTable } from './timing/take-table.ts';

export interface SampleTake extends TakeMedia {
  readonly upright: TakePicture;
}

/** A moving picture as the rest of this folder sees it after probing; for tests. */
export async function takeOf(path: string): Promise<SampleTake> {
  const { media, picture } = await probe(path, { ffmpegPath });
  if (!media.picture || !picture) throw new Error(`no picture in ${path}`);
  const table = takeTable(await readFrames(path, media, { ffmpegPath }));
  return { path, container: media.container, picture: media.picture, table, upright: picture };
}

/** The same picture with another record: what would be shown if it said so. */
export function recordedAs(take: SampleTake, change: Partial<PictureStream>): SampleTake {
  return { ...take, picture: { ...take.picture, ...change } };
}
