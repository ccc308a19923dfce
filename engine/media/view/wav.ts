import { type FileHandle, open } from 'node:fs/promises';
import { bytesAt } from '../open-media.ts';

export const wavSampleRateHz = 48_000;
const frameBytes = 4; // two channels of 16 bits
const headerBytes = 44;
const blockBytes = 1 << 20;

/** What ffmpeg is told so that it writes a WAV of 48 kHz, two channels of 16 bits, with nothing before the samples. */
export const wavCoding: readonly string[] = ['-c:a', 'pcm_s16le', '-bitexact', '-map_metadata', '-1', '-f', 'wav'];

/**
 * Gives such a WAV exactly `frameCount` sample pairs, cut off or with silence added, and shows every pair once to
 * `onSamples`. Read back from the file: it is faster than through a pipe, 64 kB at a time, beside a decoding.
 * Throws when the file is not what `wavCoding` makes.
 */
export async function conformWav(
  path: string,
  frameCount: number,
  onSamples: (samples: Int16Array) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const written = await bytesAt(file, 0, headerBytes);
    if (written.toString('latin1', 36, 40) !== 'data') throw new Error('ffmpeg wrote another WAV than it was told to');
    const dataBytes = frameCount * frameBytes;
    await file.truncate(headerBytes + dataBytes); // zeros are silence
    await file.write(wavHeader(dataBytes), 0, headerBytes, 0);
    for await (const block of blocksOf(file, headerBytes + dataBytes)) {
      signal?.throwIfAborted();
      onSamples(block);
    }
  } finally {
    await file.close();
  }
}

async function* blocksOf(file: FileHandle, end: number): AsyncGenerator<Int16Array> {
  for (let at = headerBytes; at < end; at += blockBytes) {
    const bytes = await bytesAt(file, at, Math.min(blockBytes, end - at));
    yield new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
  }
}

// RIFF, little endian. Past 4 GiB (6.2 hours) the sizes say as much as they can, and readers go by the file's.
function wavHeader(dataBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(Math.min(0xffffffff, headerBytes - 8 + dataBytes), 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20); // PCM
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(wavSampleRateHz, 24);
  header.writeUInt32LE(wavSampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(Math.min(0xffffffff, dataBytes), 40);
  return header;
}
