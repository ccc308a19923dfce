import {
  type EncodedPacket,
  EncodedPacketSink,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
} from 'mediabunny';
import type { Rate } from '../../document/time.ts';
import { codedFrames, type ShownFrame } from '../timing/coded-frames.ts';
import { nearestRate } from '../timing/rational.ts';
import type { CodedFrames } from '../timing/timing.ts';
import type { Container } from './container.ts';
import { countedLength } from './eac3-blocks.ts';
import { isHiddenFrame, mayHideFrames } from './hidden-frames.ts';

/**
 * The frames of a picture track as ffmpeg will decode them, in the order they are shown. Undefined where mediabunny's
 * account of the file cannot be trusted to agree with ffmpeg's. Throws the signal's reason when cancelled.
 */
export async function readContainerFrames(
  container: Container,
  track: InputVideoTrack,
  signal: AbortSignal | undefined,
): Promise<CodedFrames | undefined> {
  const edit = container.editOf(track);
  if (edit.kind === 'complex') return undefined;
  const ticksPerSecond = await track.getTimeResolution();
  const codec = await track.getCodec();
  const frames: ShownFrame[] = [];
  for await (const packet of packetsOf(track, !mayHideFrames(codec), signal)) {
    if (codec !== null && isHiddenFrame(codec, packet.data)) continue;
    frames.push({
      ticks: Math.round(packet.timestamp * ticksPerSecond),
      lengthTicks: Math.round(packet.duration * ticksPerSecond),
      isKey: packet.type === 'key',
    });
  }
  const startTicks = edit.kind === 'part' ? Math.round(edit.startsAtSeconds * ticksPerSecond) : undefined;
  const lengthTicks = edit.kind === 'part' && edit.seconds !== undefined ? edit.seconds * ticksPerSecond : undefined;
  const isShown = ({ ticks }: ShownFrame) =>
    startTicks === undefined || (ticks >= startTicks && ticks < startTicks + (lengthTicks ?? Number.POSITIVE_INFINITY));
  const shown = codedFrames(frames, timeBaseOf(ticksPerSecond), isShown);
  if (!shown || (container.isFragmented && shown.ticks.length < frames.length)) return undefined;
  // ffmpeg begins an edited track at its edit, even when the first whole frame comes a little later.
  const ffmpegOffsetTicks = startTicks === undefined || container.isFragmented ? 0 : startTicks - (shown.ticks[0] ?? 0);
  return { ...shown, ffmpegOffsetTicks, reach: 'frame' };
}

/** When a sound begins and ends as it is heard, in seconds of the file, its encoder's run-up left out. */
export interface SoundSpan {
  readonly from: number;
  readonly to: number;
  /** See `SoundStream`. */
  readonly timing?: 'counted';
}

/** The span of a track. Throws the signal's reason when cancelled. */
export async function readSoundSpan(
  container: Container,
  track: InputAudioTrack,
  signal?: AbortSignal,
): Promise<SoundSpan> {
  const edit = container.editOf(track);
  const first = await track.getFirstTimestamp();
  const counted = await countedLength(track, signal);
  if (counted !== undefined) {
    const from = Math.max(0, first, edit.kind === 'part' ? edit.startsAtSeconds : 0);
    return { from, to: from + counted / (await track.getSampleRate()), timing: 'counted' };
  }
  const end = await soundEnd(container, track);
  if (edit.kind !== 'part') return { from: Math.max(0, first), to: end };
  const editEnd = edit.startsAtSeconds + (edit.seconds ?? Number.POSITIVE_INFINITY);
  return { from: Math.max(edit.startsAtSeconds, first), to: Math.min(end, editEnd) };
}

// Matroska need not say how long the last packet lasts: it then lasts as long as the one before, or to the end that
// the file's header gives, whichever is sooner.
async function soundEnd(container: Container, track: InputTrack): Promise<number> {
  // FLAC counts its samples in its header; mediabunny's search for the last frame misses one of digital silence.
  if (container.name === 'flac') return (await track.getDurationFromMetadata()) ?? track.computeDuration();
  const sink = new EncodedPacketSink(track);
  const last = await sink.getPacket(Number.POSITIVE_INFINITY, { metadataOnly: true });
  if (!last || last.duration > 0) return track.computeDuration();
  const before = await sink.getPacket(last.timestamp - 1e-6, { metadataOnly: true });
  const told = (await track.getDurationFromMetadata()) ?? Number.POSITIVE_INFINITY;
  return Math.max(last.timestamp, Math.min(last.timestamp + (before?.duration ?? 0), told));
}

/** Whether a file holds all that its index promises: one that was cut off in copying does not. */
export async function isWhole(track: InputTrack): Promise<boolean> {
  try {
    return (await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY)) !== null;
  } catch {
    return false;
  }
}

async function* packetsOf(
  track: InputVideoTrack,
  metadataOnly: boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<EncodedPacket> {
  const sink = new EncodedPacketSink(track);
  let packet = await sink.getFirstPacket({ metadataOnly });
  while (packet) {
    signal?.throwIfAborted();
    yield packet;
    packet = await sink.getNextPacket(packet, { metadataOnly });
  }
}

// A Matroska file may count in any fraction of a second, and mediabunny then answers a number that is not whole.
function timeBaseOf(ticksPerSecond: number): Rate {
  if (Number.isInteger(ticksPerSecond)) return { num: 1, den: ticksPerSecond };
  return nearestRate(1_000_000, Math.round(ticksPerSecond * 1_000_000));
}
