import { type Samples, samples } from '../document/time.ts';
import { soundRateHz } from './sound.ts';

/** Where the samples lie in a take's conformed sound: a WAV of 16-bit stereo at 48 kHz. */
export interface ConformedSound {
  readonly firstByte: number;
  readonly length: Samples;
}

/** One sample of both channels. */
export const bytesPerSample = 4;
/** The header is looked for in so many bytes; ours has 44, other writers put notes before the samples. */
export const headerBytes = 4096;

/**
 * Reads the head of a conformed sound: its first `headerBytes` bytes, or all of a shorter file. Throws RangeError for
 * anything but 48 kHz stereo 16-bit PCM.
 */
export function readConformedSound(head: Uint8Array, fileBytes: number): ConformedSound {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const word = (at: number) => String.fromCharCode(...head.subarray(at, at + 4));
  if (head.length < 12 || word(0) !== 'RIFF' || word(8) !== 'WAVE') throw new RangeError('not a WAV file');
  let isOurs = false;
  for (let at = 12; at + 8 <= head.length; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (word(at) === 'fmt ' && body + 16 <= head.length) isOurs = isConformedFormat(view, body);
    if (word(at) === 'data') {
      if (!isOurs) throw new RangeError('not 48 kHz stereo 16-bit PCM');
      // A writer to a pipe cannot go back and leaves the size at its largest: then the file's end is the sound's.
      const bytes = Math.min(size, fileBytes - body);
      return { firstByte: body, length: samples(Math.floor(bytes / bytesPerSample)) };
    }
    at = body + size + (size % 2);
  }
  throw new RangeError('a WAV file without samples');
}

const pcm = 1;
const extensible = 0xfffe;

function isConformedFormat(view: DataView, at: number): boolean {
  const format = view.getUint16(at, true);
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  return (format === pcm || format === extensible) && channels === 2 && rate === soundRateHz && bits === 16;
}
