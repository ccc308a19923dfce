import type { FileHandle } from 'node:fs/promises';
import { bytesAt } from '../open-media.ts';
import { type Box, childNamed, childrenOf, isNamed, type Span } from './mp4-boxes.ts';

// What mediabunny does not hand on of an MP4 or QuickTime file: at which place among all streams a track stands (as
// ffmpeg counts them), and which part of its samples the edit list shows. Layout: ISO/IEC 14496-12, 8.3 and 8.6.

export interface Mp4Track {
  readonly id: number;
  readonly streamIndex: number;
  readonly edit: TrackEdit;
}

/**
 * What is shown of a track, in seconds of the film. `whole` where no list cuts anything; `complex` where the list
 * shows several parts, or one at another speed: only ffmpeg's own account of such a file can be trusted.
 */
export type TrackEdit =
  | { readonly kind: 'whole' }
  | {
      readonly kind: 'part';
      /** Where in the film the track begins: the empty edit before it. */
      readonly startsAtSeconds: number;
      /** How much is shown from there on; undefined means to the end. */
      readonly seconds: number | undefined;
    }
  | { readonly kind: 'complex' };

export interface Mp4Tracks {
  readonly tracks: readonly Mp4Track[];
  /** A file in fragments: ffmpeg honours only the beginning of its edit lists. */
  readonly isFragmented: boolean;
}

/** Reads the tracks of an MP4 or QuickTime file; undefined when it has no index of them. */
export async function readMp4Tracks(file: FileHandle): Promise<Mp4Tracks | undefined> {
  const { size } = await file.stat();
  const movie = await childNamed(file, { start: 0, end: size }, 'moov');
  if (!movie) return undefined;
  const boxes = await childrenOf(file, movie);
  const movieTicks = await timescaleOf(file, boxes.find(isNamed('mvhd')));
  const tracks: Mp4Track[] = [];
  for (const box of boxes.filter(isNamed('trak'))) {
    tracks.push({ ...(await readTrack(file, box, movieTicks)), streamIndex: tracks.length });
  }
  return { tracks, isFragmented: boxes.some(isNamed('mvex')) };
}

async function readTrack(file: FileHandle, track: Span, movieTicks: number): Promise<Omit<Mp4Track, 'streamIndex'>> {
  const header = await childNamed(file, track, 'tkhd');
  const head = header ? await bytesAt(file, header.start, 24) : Buffer.alloc(24);
  const id = head.readUInt32BE(head[0] === 1 ? 20 : 12);
  const edits = await childNamed(file, track, 'edts');
  const list = edits && (await childNamed(file, edits, 'elst'));
  return {
    id,
    edit: list ? editOf(await bytesAt(file, list.start, list.end - list.start), movieTicks) : { kind: 'whole' },
  };
}

function editOf(list: Buffer, movieTicks: number): TrackEdit {
  const isLong = list[0] === 1;
  const entryBytes = isLong ? 20 : 12;
  let emptyTicks = 0;
  let shown: { ticks: number } | undefined;
  const count = Math.min(list.readUInt32BE(4), Math.floor((list.length - 8) / entryBytes));
  for (let at = 8; at < 8 + count * entryBytes; at += entryBytes) {
    const ticks = isLong ? Number(list.readBigUInt64BE(at)) : list.readUInt32BE(at);
    const mediaTime = isLong ? Number(list.readBigInt64BE(at + 8)) : list.readInt32BE(at + 4);
    const speed = list.readInt32BE(at + entryBytes - 4);
    if (mediaTime === -1 && !shown) emptyTicks += ticks;
    else if (shown || speed !== 0x10000) return { kind: 'complex' };
    else shown = { ticks };
  }
  if (!shown) return { kind: 'whole' };
  const seconds = shown.ticks === 0 ? undefined : shown.ticks / movieTicks;
  return { kind: 'part', startsAtSeconds: emptyTicks / movieTicks, seconds };
}

async function timescaleOf(file: FileHandle, header: Box | undefined): Promise<number> {
  if (!header) return 1000;
  const head = await bytesAt(file, header.start, 24);
  return Math.max(1, head.readUInt32BE(head[0] === 1 ? 20 : 12));
}
