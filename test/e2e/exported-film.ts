import { open } from 'node:fs/promises';
import type { MediaFacts } from '../../engine/contract/take.ts';
import { childrenOf } from '../../engine/media/probe/mp4-boxes.ts';
import { probe } from '../../engine/media/probe/probe.ts';
import { ffmpegPath, readNumbers } from '../../engine/media/sample-media.ts';

/** What a finished film turns out to be, by our own probing and by decoding it. */
export interface ExportedFilm {
  readonly media: MediaFacts;
  readonly frameCount: number;
  readonly soundSeconds: number;
  /** The boxes of the file in their order: a film that starts at once has its `moov` before its `mdat`. */
  readonly boxes: readonly string[];
  /** The number each frame carries, where it shows a frame of `footage`. */
  readonly numbers: readonly number[];
}

export async function readExportedFilm(path: string): Promise<ExportedFilm> {
  const { media, picture, sound } = await probe(path, { ffmpegPath });
  if (picture?.kind !== 'moving' || !sound) throw new Error('a film has pictures and sound');
  return {
    media,
    frameCount: picture.frameCount,
    soundSeconds: sound.sampleCount / sound.sampleRateHz,
    boxes: await boxesOf(path),
    numbers: readNumbers(['-i', `file:${path}`]),
  };
}

async function boxesOf(path: string): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return (await childrenOf(file, { start: 0, end: size })).map(({ name }) => name);
  } finally {
    await file.close();
  }
}
