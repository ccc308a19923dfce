import { FailureError } from '../contract/failure.ts';
import { runFfmpeg } from '../media/ffmpeg/run-ffmpeg.ts';

/** `zscale` agrees with the preview to 1 in 255; `swscale` (in every ffmpeg) to 55 dB or better. */
export type Resampler = 'zscale' | 'swscale';

/** An ffmpeg, and what this build of it can do. */
export interface FfmpegTool {
  readonly path: string;
  readonly resampler: Resampler;
}

const needed = { filters: ['overlay', 'fps', 'tpad', 'colorchannelmixer'], encoders: ['libx264', 'aac', 'ffv1'] };

/**
 * Asks an ffmpeg once what it can do; keep the answer for the life of the process. Throws a FailureError
 * `ffmpeg-missing` that names what is lacking when it cannot export films.
 */
export async function probeFfmpeg(path: string, signal?: AbortSignal): Promise<FfmpegTool> {
  const [filters, encoders] = await Promise.all([
    namesListedBy(path, '-filters', signal),
    namesListedBy(path, '-encoders', signal),
  ]);
  const lacking = [
    ...needed.filters.filter((name) => !filters.has(name)),
    ...needed.encoders.filter((name) => !encoders.has(name)),
  ];
  if (lacking.length > 0) {
    throw new FailureError({ code: 'ffmpeg-missing', reason: `${path} was built without ${lacking.join(', ')}` });
  }
  return { path, resampler: filters.has('zscale') ? 'zscale' : 'swscale' };
}

// A line of either list is flags, name, description: ` TSC overlay           VV->V      Overlay a video source…`
async function namesListedBy(path: string, question: string, signal?: AbortSignal): Promise<Set<string>> {
  const pieces: Buffer[] = [];
  await runFfmpeg(path, [question], { signal, onOutput: (piece) => void pieces.push(piece) });
  const lines = Buffer.concat(pieces).toString('utf8').split(/\r?\n/);
  return new Set(lines.flatMap((line) => /^ \S+ (\S+)/.exec(line)?.[1] ?? []));
}
