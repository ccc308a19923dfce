import {
  AppendOnlyStreamTarget,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  type InputVideoTrack,
  MkvOutputFormat,
  Output,
} from 'mediabunny';
import { type FrameTable, keyFrameBefore } from '../../contract/frame-table-file.ts';
import { type Channel, channel } from '../channel.ts';
import { openContainer } from '../probe/container.ts';

/** Time between two tiles in the small film that is made of chosen packets. */
export const tileSeconds = 10;

/**
 * Takes the packets that a few coded frames need out of a file and hands them on as a Matroska film of their own,
 * in which tile k is shown at k × `tileSeconds`; so one ffmpeg decodes 60 frames of an hour instead of an hour.
 *
 * Every frame but the last must be a key frame. The last comes with all that it needs from its key frame on, at times
 * in between. Undefined where mediabunny cannot take the file apart.
 */
export async function chosenPackets(
  path: string,
  streamIndex: number,
  table: FrameTable,
  codedTiles: readonly number[],
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const container = await openContainer(path);
  const track = container?.pictures.find((picture) => container.streamIndexOf(picture) === streamIndex);
  const codec = await track?.getCodec();
  if (!container || !track || !codec || table.reach !== 'frame') {
    container?.[Symbol.dispose]();
    return undefined;
  }
  const film = channel<Uint8Array>();
  writeFilm(track, table, codedTiles, film)
    .then(() => film.end(), film.end)
    .finally(() => container[Symbol.dispose]());
  return film;
}

async function writeFilm(
  track: InputVideoTrack,
  table: FrameTable,
  codedTiles: readonly number[],
  film: Channel<Uint8Array>,
): Promise<void> {
  const codec = await track.getCodec();
  const decoderConfig = await track.getDecoderConfig();
  if (!codec || !decoderConfig) throw new Error('the codec of a described track is unknown');
  const target = new AppendOnlyStreamTarget(new WritableStream({ write: film.give }));
  const output = new Output({ format: new MkvOutputFormat({ appendOnly: true }), target });
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source);
  await output.start();
  const add = (packet: EncodedPacket, timestamp: number) =>
    source.add(packet.clone({ timestamp, duration: 0.001 }), { decoderConfig });
  const sink = new EncodedPacketSink(track);
  for (const [tile, coded] of codedTiles.slice(0, -1).entries()) {
    const packet = await sink.getPacket(timeOf(table, coded));
    if (packet) await add(packet, tile * tileSeconds);
  }
  const last = codedTiles.at(-1) ?? 0;
  for (const { packet, place } of await packetsUpTo(sink, table, last)) {
    await add(packet, (codedTiles.length - 2 + place) * tileSeconds);
  }
  // One picture more than there are tiles: ffmpeg would take the last for the end of the film, and not hand it out.
  const first = await sink.getPacket(timeOf(table, codedTiles[0] ?? 0));
  if (first) await add(first, codedTiles.length * tileSeconds);
  await output.finalize();
}

/**
 * The packets that decode a frame: from its key frame to itself in the order of decoding, those left out that are
 * shown before the key frame and need what lies further back. `place`: 1 for the frame itself, others apart from it
 * in the order they are shown, none on a whole number.
 */
async function packetsUpTo(
  sink: EncodedPacketSink,
  table: FrameTable,
  last: number,
): Promise<{ packet: EncodedPacket; place: number }[]> {
  const from = timeOf(table, keyFrameBefore(table, last));
  const to = timeOf(table, last);
  const wanted: { packet: EncodedPacket; place: number }[] = [];
  let packet = await sink.getPacket(from);
  while (packet && Math.abs(packet.timestamp - to) > halfTick(table)) {
    const share = Math.max(0, packet.timestamp - from) / (to - from);
    const isLeading = packet.timestamp < from - halfTick(table);
    if (!isLeading) wanted.push({ packet, place: share <= 1 ? 0.1 + 0.8 * share : 1 + 0.8 * (1 - 1 / share) });
    packet = await sink.getNextPacket(packet);
  }
  return packet ? [...wanted, { packet, place: 1 }] : wanted;
}

// A little after the frame's own moment: a demuxer answers the last packet at or before a time, and a time in seconds
// may come out a hair early.
function timeOf(table: FrameTable, coded: number): number {
  return ((table.ticks[coded] ?? 0) * table.timeBase.num) / table.timeBase.den + halfTick(table) / 2;
}

function halfTick({ timeBase }: FrameTable): number {
  return timeBase.num / timeBase.den / 2;
}
