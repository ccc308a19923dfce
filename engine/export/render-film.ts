import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { FailureError } from '../contract/failure.ts';
import { colourTables } from '../media/decode/to-screen.ts';
import { runFfmpeg } from '../media/ffmpeg/run-ffmpeg.ts';
import type { RenderPlan } from '../render/plan.ts';
import type { FfmpegTool } from './caps.ts';
import { type Delivery, type EncoderJob, encoderArguments, pictureFormatOf, soundArguments } from './delivery.ts';
import { deliveredSize, type PieceGraph, pieceGraph } from './filter-graph.ts';
import { mixedSound, type SoundOf } from './mix-sound.ts';
import { cutIntoPieces, type PictureOf, type Piece } from './pieces.ts';

export interface FilmJob {
  readonly plan: RenderPlan;
  readonly picture: PictureOf;
  readonly sound: SoundOf;
  readonly delivery: Delivery;
  readonly threads: number;
  readonly metadata: EncoderJob['metadata'];
  /** A folder of this job's own, for what is made on the way. */
  readonly folder: string;
  /** Written by this job; it is the caller's to keep or remove. */
  readonly outPath: string;
  /** The name the editor knows the film by, told when the disk is full. */
  readonly finalPath: string;
  readonly signal?: AbortSignal | undefined;
  readonly onFrames?: ((framesDone: number) => void) | undefined;
}

/**
 * Renders a film to `outPath`: its sound first, then its pieces one after the other, each by an ffmpeg that writes raw
 * frames straight into the one encoder. A single encoder needs no joining, and no more than one piece is ever open.
 * Throws FailureErrors, and the signal's reason when cancelled; no process is left then.
 */
export async function renderFilm(ffmpeg: FfmpegTool, job: FilmJob): Promise<void> {
  const { plan, delivery, signal } = job;
  const soundPath = join(job.folder, 'sound');
  await runFfmpeg(ffmpeg.path, soundArguments(delivery, soundPath), {
    signal,
    writesTo: job.finalPath,
    input: mixedSound(plan, job.sound),
  });
  const encoder = encoderArguments({
    ...job,
    ...deliveredSize(plan, pictureFormatOf(delivery)),
    rate: plan.rate,
    soundPath,
  });
  await runFfmpeg(ffmpeg.path, encoder, {
    signal,
    writesTo: job.finalPath,
    onProgress: ({ frames }) => job.onFrames?.(frames),
    input: (stdin) => renderPieces(ffmpeg, job, stdin),
  });
}

async function renderPieces(ffmpeg: FfmpegTool, job: FilmJob, encoder: Writable): Promise<void> {
  const { plan, delivery, threads, signal } = job;
  for (const piece of cutIntoPieces(plan, job.picture)) {
    for (const run of piece.runs) await colourTables(job.folder, run.file.stream);
    const graph = pieceGraph(plan, piece, ffmpeg.resampler, pictureFormatOf(delivery));
    let rendered = 0;
    await runFfmpeg(ffmpeg.path, pieceArguments(graph, threads), {
      signal,
      outputTo: encoder,
      folder: job.folder,
      onProgress: ({ frames }) => {
        rendered = frames;
      },
    })
      .catch(asBrokenPipe)
      .catch((error: unknown) => asMissing(error, piece));
    if (rendered !== graph.length) {
      const reason = `${rendered} of ${graph.length} frames came of ${piece.in}–${piece.out}`;
      throw new FailureError({ code: 'ffmpeg-failed', lastLines: [reason] });
    }
  }
}

/** Arguments that render one piece as raw frames to `pipe:1`. */
export function pieceArguments(graph: PieceGraph, threads: number): string[] {
  return [
    ...['-copyts', '-filter_complex_threads', `${threads}`],
    ...graph.inputs.flatMap((input) => ['-threads', `${threads}`, ...input]),
    ...['-filter_complex', graph.filters, '-map', '[film]', '-fps_mode', 'passthrough'],
    ...['-frames:v', `${graph.length}`, '-f', 'rawvideo', 'pipe:1'],
  ];
}

// A piece that cannot write has lost its encoder, and what the encoder says is what went wrong.
function asBrokenPipe(error: unknown): never {
  const isPipe =
    error instanceof FailureError &&
    error.failure.code === 'ffmpeg-failed' &&
    error.failure.lastLines.some((line) => /Broken pipe|Connection reset/.test(line));
  throw isPipe ? Object.assign(new Error('the encoder is gone', { cause: error }), { code: 'EPIPE' }) : error;
}

// A file may be deleted, or its disk pulled out, while a long film is made: ffmpeg then says much, and the file's name
// is all that helps.
async function asMissing(error: unknown, { runs }: Piece): Promise<never> {
  for (const { takeId, file } of runs) {
    const isThere = await access(file.path).then(
      () => true,
      () => false,
    );
    if (!isThere) throw new FailureError({ code: 'media-missing', path: file.path, takeId }, { cause: error });
  }
  throw error;
}
