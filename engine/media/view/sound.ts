import { open, writeFile } from 'node:fs/promises';
import { encodePeaks } from '../../contract/peaks-file.ts';
import type { SoundStream } from '../../contract/take.ts';
import type { TakeSound } from '../../document/film.ts';
import { inputFile, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { beginFile } from '../pending-file.ts';
import { peaksOf } from './peaks.ts';

export interface SoundSource {
  readonly path: string;
  readonly stream: SoundStream;
  readonly length: TakeSound;
  /** When the first frame of picture is shown, in seconds of the file; undefined for a take of sound alone. */
  readonly pictureStartSeconds: number | undefined;
}

export interface SoundRun {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
  /** Share done, in [0, 1]. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

const sampleRateHz = 48_000;
const frameBytes = 4; // two channels of 16 bits
const headerBytes = 44;

/**
 * The sound of a take as the window and the exporter play it, and its peaks, in one decoding: a WAV of 48 kHz, two
 * channels of 16 bits, whose sample 0 is heard with the take's first frame of picture. What comes before it is cut
 * off, what comes later is preceded by silence, a gap in the file's times of over 0.1 s is silence, and the length is
 * that of the take to the sample.
 *
 * More than two channels become two by ITU-R BS.775: centre and surrounds at −3 dB on either side, no LFE, and then
 * all of it quieter by as much as keeps the loudest possible sum from clipping (5.1: −7.7 dB), which ffmpeg does
 * unasked as well. A single channel is heard as loud on both sides.
 *
 * Throws a FailureError, or the signal's reason; no file is left half made.
 */
export async function conformSound(
  source: SoundSource,
  files: { readonly sound: string; readonly peaks: string },
  run: SoundRun,
): Promise<void> {
  const dataBytes = Math.round((source.length.sampleCount / source.length.sampleRateHz) * sampleRateHz) * frameBytes;
  const sound = await beginFile(files.sound);
  const peaks = await beginFile(files.peaks);
  try {
    const loudness = peaksOf();
    await writeWav(sound.path, dataBytes, source, { ...run, onSamples: loudness.add });
    await writeFile(peaks.path, encodePeaks(loudness.finish()));
    await sound.commit();
    await peaks.commit();
  } finally {
    await sound.discard();
    await peaks.discard();
  }
}

async function writeWav(
  path: string,
  dataBytes: number,
  source: SoundSource,
  run: SoundRun & { readonly onSamples: (samples: Int16Array) => void },
): Promise<void> {
  const file = await open(path, 'w');
  let written = 0;
  let rest: Buffer = Buffer.alloc(0);
  const write = async (bytes: Buffer) => {
    run.onSamples(new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
    await file.write(bytes);
    written += bytes.length;
  };
  try {
    await file.write(wavHeader(dataBytes));
    await runFfmpeg(run.ffmpegPath, decodingArguments(source), {
      signal: run.signal,
      writesTo: path,
      onOutput: async (piece) => {
        const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
        const whole = bytes.length - (bytes.length % frameBytes);
        rest = bytes.subarray(whole);
        await write(bytes.subarray(0, Math.min(whole, dataBytes - written)));
        run.onProgress?.(written / Math.max(1, dataBytes));
      },
    });
    while (written < dataBytes) await write(Buffer.alloc(Math.min(dataBytes - written, 1 << 16)));
  } finally {
    await file.close();
  }
}

function decodingArguments({ path, stream, pictureStartSeconds }: SoundSource): string[] {
  const start = pictureStartSeconds === undefined ? '' : `:first_pts=${Math.round(pictureStartSeconds * sampleRateHz)}`;
  const timed = `aresample=${sampleRateHz}:async=1${start}`;
  // Left to itself ffmpeg plays a single channel as a centre: at −3 dB on either side.
  const twoChannels =
    stream.channelCount === 1
      ? `${timed},pan=stereo|c0=c0|c1=c0`
      : `${timed}:center_mix_level=0.7071:surround_mix_level=0.7071:lfe_mix_level=0:rematrix_maxval=1`;
  return [
    ...(pictureStartSeconds === undefined ? [] : ['-copyts']),
    ...inputFile(path),
    ...['-map', `0:${stream.streamIndex}`],
    ...['-af', `${twoChannels},aformat=sample_fmts=s16:channel_layouts=stereo`],
    ...['-f', 's16le', 'pipe:1'],
  ];
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
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(sampleRateHz * frameBytes, 28);
  header.writeUInt16LE(frameBytes, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(Math.min(0xffffffff, dataBytes), 40);
  return header;
}
