import { FailureError } from '../contract/failure.ts';
import type { Frames, Samples } from '../document/time.ts';
import { inputFile, runFfmpeg } from '../media/ffmpeg/run-ffmpeg.ts';
import type { FfmpegTool } from './caps.ts';

/** What a finished film holds, read back from its packets. */
export interface FilmContent {
  readonly frameCount: number;
  /** Whether every frame is shown for as long as the others, but for a tick that its container rounds by. */
  readonly isEven: boolean;
  readonly soundSeconds: number;
}

/**
 * Reads a finished film back without decoding it and throws a FailureError `ffmpeg-failed` unless it has exactly the
 * frames and the sound it should: an encoder that stopped early often says that all went well.
 */
export async function verifyFilm(
  ffmpeg: FfmpegTool,
  path: string,
  expected: { readonly frameCount: Frames; readonly sound: Samples; readonly soundRateHz: number },
  signal?: AbortSignal,
): Promise<FilmContent> {
  const content = await readFilm(ffmpeg, path, signal);
  const soundSeconds = expected.sound / expected.soundRateHz;
  // A coded frame of AAC is 1024 samples: the last one may be longer than the sound in it.
  const isSoundWhole = Math.abs(content.soundSeconds - soundSeconds) <= 1024 / expected.soundRateHz;
  if (content.frameCount === expected.frameCount && content.isEven && isSoundWhole) return content;
  const found = `${content.frameCount} frames and ${content.soundSeconds.toFixed(3)} s of sound`;
  const wanted = `${expected.frameCount} frames and ${soundSeconds.toFixed(3)} s`;
  const lastLines = [`the finished film holds ${found}, not ${wanted}${content.isEven ? '' : ', unevenly spaced'}`];
  throw new FailureError({ code: 'ffmpeg-failed', lastLines });
}

async function readFilm(ffmpeg: FfmpegTool, path: string, signal?: AbortSignal): Promise<FilmContent> {
  const packets = packetReader();
  const args = [...inputFile(path), '-map', '0:v:0', '-map', '0:a:0', '-c', 'copy', '-f', 'framecrc', 'pipe:1'];
  await runFfmpeg(ffmpeg.path, args, { signal, onOutput: (piece) => packets.add(piece.toString('latin1')) });
  return packets.content();
}

// framecrc writes `#tb <stream>: <num>/<den>` for each stream, then `stream, dts, pts, duration, size, checksum` lines.
function packetReader() {
  let rest = '';
  const secondsPerTick: number[] = [];
  const shownAt: number[] = [];
  let soundFrom = Number.POSITIVE_INFINITY;
  let soundTo = 0;
  const read = (line: string) => {
    const timeBase = /^#tb (\d): (\d+)\/(\d+)/.exec(line);
    if (timeBase) secondsPerTick[Number(timeBase[1])] = Number(timeBase[2]) / Number(timeBase[3]);
    const [stream, , pts, duration] = line.split(',').map(Number);
    if (timeBase || line.startsWith('#') || pts === undefined || duration === undefined) return;
    if (stream === 0) shownAt.push(pts);
    else {
      soundFrom = Math.min(soundFrom, pts);
      soundTo = Math.max(soundTo, pts + duration);
    }
  };
  return {
    add: (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(read);
    },
    content: (): FilmContent => {
      shownAt.sort((a, b) => a - b);
      const first = shownAt[0] ?? 0;
      const step = ((shownAt.at(-1) ?? 0) - first) / Math.max(1, shownAt.length - 1);
      return {
        frameCount: shownAt.length,
        isEven: shownAt.every((at, index) => Math.abs(at - first - index * step) <= 1),
        soundSeconds: soundTo > soundFrom ? (soundTo - Math.max(0, soundFrom)) * (secondsPerTick[1] ?? 0) : 0,
      };
    },
  };
}
