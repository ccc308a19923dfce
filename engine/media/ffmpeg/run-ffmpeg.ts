import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FailureError } from '../../contract/failure.ts';
import { ffmpegFailure, lineTail } from './ffmpeg-failure.ts';
import { type FfmpegProgress, progressReader } from './progress.ts';
import { ownChild } from './reaper.ts';

export interface FfmpegRun {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FfmpegProgress) => void) | undefined;
  /**
   * What ffmpeg reads at `pipe:0`: pieces, the next asked for when it has taken the last; or a function that is lent
   * its standard input, to hand on as the `outputTo` of other runs. Its input ends when that function is done.
   */
  readonly input?: AsyncIterable<Uint8Array> | ((stdin: Writable) => Promise<void>);
  /** Takes what ffmpeg writes to `pipe:1`; ffmpeg is held back until it is done with a piece. */
  readonly onOutput?: (piece: Buffer) => void | Promise<void>;
  /**
   * The lent standard input of another run, for ffmpeg to write `pipe:1` straight into: raw pictures that passed
   * through this process would cost 4 ms each at 1080p. It is left open.
   */
  readonly outputTo?: Writable;
  /** The file being written, named in a `disk-full` failure. */
  readonly writesTo?: string;
  /** The folder that relative names in filters are looked up in. */
  readonly folder?: string;
  /** `info` to learn about an input; everything else wants `error`. */
  readonly messages?: 'error' | 'info';
  /** Whether ending with an error is what is expected: `ffmpeg -i` without an output always does. */
  readonly mayFail?: boolean;
}

const keptLines = 400;
const shownLines = 12;
/** A pipe of Windows is opened for overlapped writing, which the C library that ffmpeg writes with does not know. */
const canBeShared = process.platform !== 'win32';
const patienceMs = { quit: 1500, terminate: 1500 };

/**
 * Runs ffmpeg once and answers the last lines it said. Arguments only, never a shell.
 *
 * Throws a FailureError: `ffmpeg-missing` when it cannot be started, `disk-full`, else `ffmpeg-failed` with its last
 * lines. Throws the signal's reason when cancelled, and not before the process is gone: by `q` where ffmpeg listens
 * to its input, then by SIGTERM, then SIGKILL.
 */
export async function runFfmpeg(ffmpegPath: string, args: readonly string[], run: FfmpegRun = {}): Promise<string[]> {
  run.signal?.throwIfAborted();
  const child = spawn(ffmpegPath, [...commonArguments(run), ...args], {
    cwd: run.folder,
    stdio: ['pipe', run.outputTo && canBeShared ? run.outputTo : 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', AV_LOG_FORCE_NOCOLOR: '1' },
  });
  ownChild(child);
  const ended = endOf(child);
  const said = lineTail(keptLines);
  child.stderr?.setEncoding('utf8').on('data', said.add);
  watchProgress(child, run.onProgress);

  const stop = () => void stopChild(child, run.input === undefined);
  run.signal?.addEventListener('abort', stop, { once: true });
  try {
    // Whatever goes wrong in feeding or reading ends ffmpeg too, and ffmpeg ending ends both; its own words then say
    // more than the broken pipe does.
    const [fed, read, end] = await Promise.all([
      settle(feed(child, run.input), () => child.kill('SIGTERM')),
      settle(drain(child, run), () => child.kill('SIGTERM')),
      ended,
    ]);
    run.signal?.throwIfAborted();
    if (end.kind === 'not-started') {
      throw new FailureError({ code: 'ffmpeg-missing', reason: end.reason }, { cause: end.error });
    }
    const own = [fed, read].find((error) => error !== undefined && !isBrokenPipe(error));
    if (own !== undefined) throw own;
    const failure = ffmpegFailure(said.lines().slice(-shownLines), run.writesTo);
    // A disk that fills up while the trailer is written is said and yet ends with status 0 (ffmpeg 5.1).
    const isFull = run.writesTo !== undefined && failure.code === 'disk-full';
    if ((end.code !== 0 || isFull) && !run.mayFail) throw new FailureError(failure);
    return said.lines();
  } finally {
    run.signal?.removeEventListener('abort', stop);
  }
}

/** Opens a file and nothing else: no network, no playlist that names further files, no numbered picture sequence. */
export function inputFile(path: string, format?: string): string[] {
  return [
    ...['-protocol_whitelist', 'file,pipe'],
    ...(format ? ['-f', format] : ['-format_whitelist', plainFormats]),
    ...['-i', `file:${path}`],
  ];
}

const plainFormats =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpeg,mpegts,mpegvideo,mxf,asf,ogg,wav,w64,aiff,caf,flac,mp3,aac,' +
  'ac3,eac3,dts,ape,amr,au,dv,gif,apng,gxf,h264,hevc,av1,m4v,ivf,nut,rm,wtv,yuv4mpegpipe,tta,wv,' +
  'png_pipe,jpeg_pipe,webp_pipe,bmp_pipe,tiff_pipe,jpegxl_pipe';

function commonArguments(run: FfmpegRun): string[] {
  return [
    '-hide_banner',
    ...['-loglevel', run.messages ?? 'error'],
    '-y',
    // Without an input of ours stdin stays open for `q`; with one, ffmpeg must not read keys from it.
    ...(run.input ? ['-nostdin'] : []),
    ...(run.onProgress ? ['-progress', 'pipe:3', '-stats_period', '0.2'] : []),
  ];
}

type End =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'not-started'; readonly reason: string; readonly error: Error };

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'not-started', reason: error.message, error }));
    child.once('close', (code) => resolve({ kind: 'ended', code: code ?? 255 }));
  });
}

function watchProgress(child: ChildProcess, onProgress: ((progress: FfmpegProgress) => void) | undefined): void {
  const pipe = child.stdio[3];
  if (!pipe || !('setEncoding' in pipe)) return;
  pipe.setEncoding('utf8').on('data', progressReader(onProgress ?? (() => {})));
  pipe.on('error', () => {});
}

async function feed({ stdin }: ChildProcess, input: FfmpegRun['input']): Promise<void> {
  if (!stdin) return;
  if (input && Symbol.asyncIterator in input) return pipeline(input, stdin);
  stdin.on('error', () => {}); // a `q`, or an end, written to a process that has just ended
  // However it went: ffmpeg sits in a read that no SIGTERM interrupts until its input ends.
  if (input) await input(stdin).finally(() => stdin.end());
}

async function drain({ stdout }: ChildProcess, { onOutput, outputTo }: FfmpegRun): Promise<void> {
  if (!stdout) return;
  if (outputTo) return pipeline(stdout, outputTo, { end: false });
  for await (const piece of stdout) await onOutput?.(piece);
}

async function settle(work: Promise<void>, onError: () => void): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    onError();
    return error;
  }
}

async function stopChild(child: ChildProcess, listensToKeys: boolean): Promise<void> {
  const isGone = () => child.exitCode !== null || child.signalCode !== null;
  if (listensToKeys) {
    child.stdin?.write('q');
    await goneWithin(child, patienceMs.quit);
  }
  if (!isGone()) {
    child.kill('SIGTERM');
    await goneWithin(child, patienceMs.terminate);
  }
  if (!isGone()) child.kill('SIGKILL');
}

function goneWithin(child: ChildProcess, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, limitMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function isBrokenPipe(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return ['EPIPE', 'ECONNRESET', 'EOF', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(`${error.code}`);
}
