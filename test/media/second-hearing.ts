import { ffmpegAlone } from './run-ffmpeg-alone.ts';
import type { Told } from './second-opinion.ts';

/** A file's sound as ffmpeg decodes it, at 48 kHz, brought to two channels by the coefficients documented. */
export interface HeardSound {
  readonly startSeconds: number;
  /** Left and right in turn, full scale 1. */
  readonly samples: Float32Array;
}

const rateHz = 48_000;

/**
 * Decodes the whole sound. What the file leaves out for more than a tenth of a second is silence; of a file that leaves
 * something out after every block no time is believed, as by every player.
 */
export async function hearSound(
  path: string,
  { streamIndex, layout }: NonNullable<Told['sound']>,
): Promise<HeardSound> {
  const filters = `ashowinfo,${twoChannels(layout)},aresample=${rateHz},aformat=sample_fmts=flt`;
  const input = ['-copyts', '-i', `file:${path}`, '-map', `0:${streamIndex}`];
  const { stdout, told } = await ffmpegAlone([...input, '-af', filters, '-f', 'f32le', 'pipe:1']);
  const decoded = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~7)));
  const blocks = blocksIn(told);
  const startSeconds = blocks[0]?.seconds ?? 0;
  return { startSeconds, samples: withGaps(decoded, blocks) };
}

interface Block {
  /** When the file plays it. */
  readonly seconds: number;
  readonly lengthSeconds: number;
}

function blocksIn(told: string): Block[] {
  const lines = [...told.matchAll(/ pts_time:(-?[\d.]+) .* rate:(\d+) nb_samples:(\d+)/g)];
  const blocks = lines.map(([, seconds, rate, count]) => ({
    seconds: Number(seconds),
    lengthSeconds: Number(count) / Number(rate),
  }));
  return isFullOfHoles(blocks) ? blocks.slice(0, 1) : blocks;
}

function isFullOfHoles(blocks: readonly Block[]): boolean {
  const holes = blocks.slice(1).filter(({ seconds }, before) => {
    const last = blocks[before];
    return last !== undefined && seconds - last.seconds > 2 * last.lengthSeconds;
  });
  return blocks.length > 1 && holes.length === blocks.length - 1;
}

function withGaps(decoded: Float32Array, blocks: readonly Block[]): Float32Array {
  const start = blocks[0]?.seconds ?? 0;
  const pieces: Float32Array[] = [];
  let [played, taken] = [0, 0];
  let from = 0;
  for (const { seconds, lengthSeconds } of blocks) {
    const gap = seconds - start - played;
    if (gap > 0.1) {
      const to = Math.round(taken * rateHz) * 2;
      pieces.push(decoded.subarray(from, to), new Float32Array(Math.round(gap * rateHz) * 2));
      from = to;
      played += gap;
    }
    played += lengthSeconds;
    taken += lengthSeconds;
  }
  pieces.push(decoded.subarray(from));
  const laid = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    laid.set(piece, at);
    at += piece.length;
  }
  return laid;
}

// ITU-R BS.775: centre and surrounds at -3 dB, no LFE, all of it divided by what the loudest sum would come to.
function twoChannels(layout: string): string {
  const full = 1 / (1 + 2 * Math.SQRT1_2);
  const less = Math.SQRT1_2 * full;
  const [left, right] = layout.includes('side') ? ['SL', 'SR'] : ['BL', 'BR'];
  switch (layout.replace('(side)', '')) {
    case 'mono':
      return 'pan=stereo|c0=c0|c1=c0';
    case '5.1':
      return `pan=stereo|c0=${full}*FL+${less}*FC+${less}*${left}|c1=${full}*FR+${less}*FC+${less}*${right}`;
    default:
      return 'aformat=channel_layouts=stereo';
  }
}
