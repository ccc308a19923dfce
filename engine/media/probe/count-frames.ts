import { EncodedPacketSink } from 'mediabunny';
import { unreadable } from '../open-media.ts';
import { openContainer } from './container.ts';

/**
 * How many frames of picture a file of ours has. Throws when it is not the kind of file it should be: whoever made it
 * then gives it no name.
 */
export async function countFrames(path: string, container: 'mp4' | 'matroska'): Promise<number> {
  using opened = await openContainer(path);
  const [track] = opened?.pictures ?? [];
  if (opened?.name !== container || !track) throw unreadable(path, 'it is damaged');
  const sink = new EncodedPacketSink(track);
  let count = 0;
  for (let packet = await sink.getFirstPacket(metadata); packet; packet = await sink.getNextPacket(packet, metadata))
    count++;
  return count;
}

const metadata = { metadataOnly: true } as const;
