import { open } from 'node:fs/promises';
import { childNamed } from '../probe/mp4-boxes.ts';

/**
 * Takes the turn out of an MP4 that ffmpeg made. Its frames are upright, but ffmpeg hands the turn of the file they
 * came from on to the one it writes, from some place or other in every version, and no option stops it.
 */
export async function layUpright(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const movie = await childNamed(file, { start: 0, end: (await file.stat()).size }, 'moov');
    const track = movie && (await childNamed(file, movie, 'trak'));
    const header = track && (await childNamed(file, track, 'tkhd'));
    if (!header) throw new Error('a film without a track header');
    const [version] = (await file.read(Buffer.alloc(1), 0, 1, header.start)).buffer;
    await file.write(unturned, 0, unturned.length, header.start + (version === 1 ? 52 : 40));
  } finally {
    await file.close();
  }
}

/** ISO/IEC 14496-12, 8.3.2.3: nine numbers of 16.16 bits, the last column of 2.30. */
const unturned = Buffer.alloc(36);
unturned.writeUInt32BE(0x10000, 0);
unturned.writeUInt32BE(0x10000, 16);
unturned.writeUInt32BE(0x40000000, 32);
