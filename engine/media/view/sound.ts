import { writeFile } from 'node:fs/promises';
import { encodePeaks } from '../../contract/peaks-file.ts';
import type { SoundStream } from '../../contract/take.ts';
import type { TakeSound } from '../../document/film.ts';
import { asFileFailure } from '../../project/atomic-file.ts';
import { inputFile, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { beginFile } from '../pending-file.ts';
import { peaksOf } from './peaks.ts';
import { conformWav, wavCoding, wavSampleRateHz } from './wav.ts';

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

/**
 * The sound of a take as the window and the exporter play it, and its peaks, in one decoding: a WAV of 48 kHz, two
 * channels of 16 bits, whose sample 0 is heard with the take's first frame of picture. What comes before it is cut
 * off, what comes later is preceded by silence, a gap in the file's times of over 0.1 s is silence (not where the record
 * says that samples are counted), and the length is that of the take to the sample.
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
  const frameCount = Math.round((source.length.sampleCount / source.length.sampleRateHz) * wavSampleRateHz);
  const sound = await beginFile(files.sound);
  const peaks = await beginFile(files.peaks);
  try {
    await runFfmpeg(run.ffmpegPath, [...decodingArguments(source), ...wavCoding, `file:${sound.path}`], {
      signal: run.signal,
      writesTo: files.sound,
      onProgress: ({ seconds }) => run.onProgress?.(Math.min(1, (seconds * wavSampleRateHz) / Math.max(1, frameCount))),
    });
    const loudness = peaksOf();
    await conformWav(sound.path, frameCount, loudness.add, run.signal);
    await writeFile(peaks.path, encodePeaks(loudness.finish()));
    await sound.commit();
    await peaks.commit();
  } catch (error) {
    throw asFileFailure(error, files.sound);
  } finally {
    await sound.discard();
    await peaks.discard();
  }
}

function decodingArguments({ path, stream, pictureStartSeconds }: SoundSource): string[] {
  const start =
    pictureStartSeconds === undefined ? '' : `:first_pts=${Math.round(pictureStartSeconds * wavSampleRateHz)}`;
  const counted = stream.timing === 'counted' ? 'asetpts=STARTPTS+N/SR/TB,' : '';
  const timed = `${counted}aresample=${wavSampleRateHz}:async=1${start}`;
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
  ];
}
