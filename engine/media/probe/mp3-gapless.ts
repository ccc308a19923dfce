import type { FileHandle } from 'node:fs/promises';
import { bytesAt } from '../open-media.ts';

/** Samples an MP3 encoder put before and after the sound, which a decoder takes away again. */
export interface EncoderPadding {
  readonly before: number;
  readonly after: number;
}

/** What every MP3 decoder adds on its own: 528 samples of its filter and 1 of the transform. Source: LAME's tag. */
const decoderDelay = 529;

/**
 * Reads the padding from the tag that LAME and ffmpeg write into the first frame (`Xing` or `Info`, 120 bytes, then
 * the encoder's name, and two 12-bit counts 21 bytes on); undefined for an MP3 without one, which plays as it is.
 */
export async function readEncoderPadding(file: FileHandle): Promise<EncoderPadding | undefined> {
  const head = await bytesAt(file, await endOfId3(file), 4096);
  const info = [head.indexOf('Xing'), head.indexOf('Info')].find((at) => at >= 0 && at < 200);
  if (info === undefined) return undefined;
  const tag = info + 120;
  if (!/^(LAME|Lavc|Lavf|L3\.9)/.test(head.toString('latin1', tag, tag + 4)) || tag + 24 > head.length)
    return undefined;
  const counts = head.readUIntBE(tag + 21, 3);
  return { before: (counts >> 12) + decoderDelay, after: Math.max(0, (counts & 0xfff) - decoderDelay) };
}

async function endOfId3(file: FileHandle): Promise<number> {
  const head = await bytesAt(file, 0, 10);
  if (head.toString('latin1', 0, 3) !== 'ID3') return 0;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 127), 0);
  return size + 10 + (((head[5] ?? 0) & 16) === 0 ? 0 : 10);
}
