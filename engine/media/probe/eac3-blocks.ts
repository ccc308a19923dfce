import { EncodedPacketSink, type InputAudioTrack } from 'mediabunny';

/**
 * How long a track of E-AC-3 sounds by its own frames, in samples, where the container's times do not fit them;
 * undefined where they do, and for every other codec. A frame holds 1, 2, 3 or 6 blocks, and MP4 wants six to a packet
 * (ETSI TS 102 366, F.1); muxers that write one frame a packet still count six blocks for each. Played by those times
 * such a sound falls to pieces, with silence in between.
 */
export async function countedLength(track: InputAudioTrack, signal?: AbortSignal): Promise<number | undefined> {
  if ((await track.getCodec()) !== 'eac3') return undefined;
  const sink = new EncodedPacketSink(track);
  const first = await sink.getFirstPacket();
  const next = first && (await sink.getNextPacket(first, { metadataOnly: true }));
  const own = first && samplesIn(first.data);
  if (!next || !own) return undefined;
  const told = (next.timestamp - first.timestamp) * (await track.getSampleRate());
  // Matroska rounds to milliseconds, a fifth of the shortest frame.
  if (Math.abs(told - own) <= own / 4) return undefined;
  let length = 0;
  for await (const { data } of sink.packets(first)) {
    signal?.throwIfAborted();
    length += samplesIn(data);
  }
  return length;
}

/** Samples of the first programme in a packet; 0 for what is no E-AC-3. Source: ETSI TS 102 366, annex E.1.2. */
export function samplesIn(packet: Uint8Array): number {
  let samples = 0;
  for (let at = 0; at + 6 <= packet.length; ) {
    const [sync0, sync1, head = 0, sizeLow = 0, code = 0, mode = 0] = packet.subarray(at, at + 6);
    if (sync0 !== 0x0b || sync1 !== 0x77 || mode >> 3 <= 10) return 0;
    const isOfFirst = ((head >> 3) & 7) === 0 && head >> 6 !== dependent;
    if (isOfFirst) samples += blockSamples * (code >> 6 === reducedRate ? 6 : (blockCounts[(code >> 4) & 3] ?? 0));
    at += ((((head & 7) << 8) | sizeLow) + 1) * 2;
  }
  return samples;
}

const blockSamples = 256;
const blockCounts = [1, 2, 3, 6];
/** Further channels of the frame before, heard with it. */
const dependent = 1;
const reducedRate = 3;
