import type { Rate } from '../../document/time.ts';
import { inputFile, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { codedFrames } from '../timing/coded-frames.ts';
import type { CodedFrames } from '../timing/timing.ts';
import { type ListedPacket, packetLineReader } from './framecrc.ts';
import { withMissingTimes } from './missing-times.ts';

/** What ffmpeg's demuxer says of the packets of a file, for the kinds that mediabunny does not read. */
export interface CopiedPackets {
  readonly frames?: CodedFrames;
  /** In seconds of the file. */
  readonly sound?: { readonly from: number; readonly to: number };
}

export interface WantedStreams {
  readonly pictureIndex?: number | undefined;
  readonly soundIndex?: number | undefined;
}

interface Run {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the times of a file's packets by having ffmpeg copy them into a checksum listing. Nothing is decoded, but the
 * whole file is read. Throws as `runFfmpeg` does.
 */
export async function readCopiedPackets(path: string, wanted: WantedStreams, run: Run): Promise<CopiedPackets> {
  const { pictureIndex, soundIndex } = wanted;
  const indexes = [pictureIndex, soundIndex].filter((index) => index !== undefined);
  const streams = await listPackets(path, indexes, 'PTS', run);
  const [picture, sound] = pictureIndex === undefined ? [undefined, streams[0]] : streams;
  const frames = picture && pictureIndex !== undefined ? await framesOf(path, pictureIndex, picture, run) : undefined;
  return {
    ...(frames ? { frames } : {}),
    ...(sound && sound.packets.length > 0 ? { sound: spanOf(sound) } : {}),
  };
}

interface ListedStream {
  readonly timeBase: Rate;
  readonly packets: readonly ListedPacket[];
}

// MPEG program streams and AVI time only some of their pictures: the times of decoding fill the gaps. Where the first
// picture of all has no time, the first that comes out of a decoder says by how much the two differ.
async function framesOf(
  path: string,
  pictureIndex: number,
  { timeBase, packets }: ListedStream,
  run: Run,
): Promise<CodedFrames | undefined> {
  const isShown = (_: unknown, index: number) => !packets[index]?.isDiscarded;
  const isFirstKnown = packets[0]?.ticks !== undefined;
  const isTimed = packets.every(({ ticks }) => ticks !== undefined);
  const [decoding] = isTimed ? [] : await listPackets(path, [pictureIndex], 'DTS', run);
  const decodingTicks = (decoding?.packets ?? []).map(({ ticks }) => ticks ?? 0);
  const firstShown = isTimed || isFirstKnown ? earliestOf(packets) : await firstDecoded(path, pictureIndex, run);
  const frames = codedFrames(withMissingTimes(packets, decodingTicks, firstShown), timeBase, isShown);
  return frames && { ...frames, ffmpegOffsetTicks: 0, reach: isTimed ? 'key' : 'start' };
}

async function listPackets(
  path: string,
  indexes: readonly number[],
  time: 'PTS' | 'DTS',
  run: Run,
): Promise<ListedStream[]> {
  const maps = indexes.flatMap((index) => ['-map', `0:${index}`]);
  // Left alone, ffmpeg "repairs" decoding times that do not rise, and presentation times with them: frames of an
  // iPhone's film changed places. Decoding times far below and one apart leave it nothing to repair.
  const untouched = ['-bsf', `setts=pts=${time}:dts=N-2000000000`];
  const streams = indexes.map(() => ({ timeBase: { num: 1, den: 1 } as Rate, packets: [] as ListedPacket[] }));
  const read = packetLineReader({
    onTimeBase: (stream, timeBase) => {
      const found = streams[stream];
      if (found) found.timeBase = timeBase;
    },
    onPacket: (stream, packet) => void streams[stream]?.packets.push(packet),
  });
  await runFfmpeg(
    run.ffmpegPath,
    [...inputFile(path), ...maps, '-c', 'copy', '-copyts', ...untouched, '-f', 'framecrc', 'pipe:1'],
    { signal: run.signal, onOutput: (piece) => read(piece.toString('latin1')) },
  );
  return streams;
}

function earliestOf(packets: readonly ListedPacket[]): number {
  return packets.reduce((earliest, { ticks }) => Math.min(earliest, ticks ?? earliest), Number.POSITIVE_INFINITY);
}

/** When the first picture that a decoder hands out is shown, in ticks of its stream. */
async function firstDecoded(path: string, index: number, run: Run): Promise<number> {
  let first = 0;
  const read = packetLineReader({
    onTimeBase: () => {},
    onPacket: (_, { ticks }) => {
      first = ticks ?? 0;
    },
  });
  const oneFrame = [
    '-map',
    `0:${index}`,
    '-copyts',
    '-fps_mode',
    'passthrough',
    '-enc_time_base',
    '-1',
    '-frames:v',
    '1',
  ];
  await runFfmpeg(run.ffmpegPath, [...inputFile(path), ...oneFrame, '-f', 'framecrc', 'pipe:1'], {
    signal: run.signal,
    onOutput: (piece) => read(piece.toString('latin1')),
  });
  return first;
}

function spanOf({ timeBase, packets }: ListedStream): { from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const { ticks, lengthTicks, isDiscarded } of packets) {
    if (ticks === undefined) continue;
    if (!isDiscarded) from = Math.min(from, ticks);
    to = Math.max(to, ticks + lengthTicks);
  }
  const seconds = timeBase.num / timeBase.den;
  return { from: (Number.isFinite(from) ? from : 0) * seconds, to: to * seconds };
}
