import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { FailureError } from '../../contract/failure.ts';
import { ffmpegFailure, lineTail } from './ffmpeg-failure.ts';
import { findFfmpeg } from './find-ffmpeg.ts';
import { type FfmpegProgress, progressReader } from './progress.ts';
import { inputFile, runFfmpeg } from './run-ffmpeg.ts';

const ffmpeg = findFfmpeg();
const folder = mkdtempSync(join(tmpdir(), 'shotloom ffmpeg 漢字 '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const endless = ['-f', 'lavfi', '-re', '-i', 'testsrc2=s=64x64:r=10', '-f', 'null', '-'];

test('a run tells how far it is, and ends with its last frame told', async () => {
  const told: FfmpegProgress[] = [];
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=64x64:r=10', '-frames:v', '25', '-f', 'null', '-'];
  await runFfmpeg(ffmpeg, source, { onProgress: (progress) => told.push(progress) });
  expect(told.at(-1)?.frames).toBe(25);
});

test('progress is read the same however its text is cut', () => {
  const text = 'frame=7\nout_time_us=N/A\nprogress=continue\nframe=12\nout_time_us=480000\nprogress=end\n';
  for (let size = 1; size <= text.length; size++) {
    const told: FfmpegProgress[] = [];
    const read = progressReader((progress) => told.push(progress));
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    expect(told).toEqual([
      { frames: 7, seconds: 0 },
      { frames: 12, seconds: 0.48 },
    ]);
  }
});

test('a cancelled run throws the reason, and the process is gone by then', async () => {
  const cancel = new AbortController();
  const started = Promise.withResolvers<void>();
  const run = runFfmpeg(ffmpeg, endless, { signal: cancel.signal, onProgress: () => started.resolve() });
  const failed = run.catch((error: unknown) => error);
  await started.promise;
  const asked = performance.now();
  cancel.abort(new Error('no longer wanted'));
  expect(await failed).toEqual(new Error('no longer wanted'));
  expect(performance.now() - asked).toBeLessThan(3000); // it listened to `q`: SIGKILL would come later
});

test('a file that is not there is a failure with what ffmpeg said of it', async () => {
  const error = await failureOf(runFfmpeg(ffmpeg, [...inputFile(join(folder, 'none.mp4')), '-f', 'null', '-']));
  expect(error).toMatchObject({ code: 'ffmpeg-failed' });
  expect(JSON.stringify(error)).toContain('No such file');
});

test('a missing or broken ffmpeg is told as such', async () => {
  expect(await failureOf(runFfmpeg(join(folder, 'no-ffmpeg'), []))).toMatchObject({ code: 'ffmpeg-missing' });
  expect(() => findFfmpeg({ environment: { FFMPEG_BIN: join(folder, 'wrong') } })).toThrow(FailureError);
  expect(() => findFfmpeg({ environment: { PATH: '' }, packagedPath: undefined })).toThrow('ffmpeg-missing');
  expect(findFfmpeg({ environment: { PATH: '/nowhere' }, chosenPath: ffmpeg })).toBe(ffmpeg);
});

test('a full disk is told from any other failure, by whatever system says it', () => {
  const full = { code: 'disk-full', path: '/film/out.mp4' };
  expect(ffmpegFailure(['av_interleaved_write_frame(): No space left on device'], '/film/out.mp4')).toEqual(full);
  expect(ffmpegFailure(['Error writing trailer: Disk quota exceeded'], '/film/out.mp4')).toEqual(full);
  expect(ffmpegFailure(['Invalid data'], '/film/out.mp4')).toMatchObject({ code: 'ffmpeg-failed' });
});

test('only the last lines are kept, and half a line is not lost', () => {
  const tail = lineTail(2);
  for (const piece of ['one\ntw', 'o\r\n\nthree\nfo', 'ur']) tail.add(piece);
  expect(tail.lines()).toEqual(['three', 'four']);
});

test('what goes in through a pipe comes out through one', async () => {
  const frames = [0, 1, 2].map((value) => new Uint8Array(16 * 16).fill(value * 100));
  const out: Buffer[] = [];
  const gray = ['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', '16x16', '-framerate', '1'];
  await runFfmpeg(ffmpeg, [...gray, '-i', 'pipe:0', '-f', 'rawvideo', 'pipe:1'], {
    input: piecesOf(frames),
    onOutput: (piece) => void out.push(piece),
  });
  expect(Buffer.concat(out)).toEqual(Buffer.concat(frames));
});

test('one run writes straight into another, and others may follow before it ends', async () => {
  const raw = ['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', '16x16', '-framerate', '1', '-i', 'pipe:0'];
  const picture = (value: number) => ['-f', 'lavfi', '-i', `color=s=16x16:r=1,format=gray,lut=c0=${value}`];
  const out: Buffer[] = [];
  await runFfmpeg(ffmpeg, [...raw, '-f', 'rawvideo', 'pipe:1'], {
    onOutput: (piece) => void out.push(piece),
    input: async (stdin) => {
      for (const value of [10, 20, 30]) {
        const args = [...picture(value), '-frames:v', '2', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'];
        await runFfmpeg(ffmpeg, args, { outputTo: stdin });
      }
    },
  });
  const frames = [10, 10, 20, 20, 30, 30].map((value) => Buffer.alloc(16 * 16, value));
  expect(Buffer.concat(out)).toEqual(Buffer.concat(frames));
});

test('an error of what feeds a run is the error of the run, and nothing waits for input that will not come', async () => {
  const raw = ['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', '16x16', '-i', 'pipe:0', '-f', 'null', '-'];
  const feed = (stdin: Writable) =>
    runFfmpeg(ffmpeg, [...inputFile(join(folder, 'none.mp4')), 'pipe:1'], { outputTo: stdin });
  const error = await failureOf(runFfmpeg(ffmpeg, raw, { input: async (stdin) => void (await feed(stdin)) }));
  expect(JSON.stringify(error)).toContain('No such file');
});

test('an error while feeding ffmpeg is the error of the run', async () => {
  const gray = ['-f', 'rawvideo', '-pixel_format', 'gray', '-video_size', '16x16', '-i', 'pipe:0', '-f', 'null', '-'];
  await expect(runFfmpeg(ffmpeg, gray, { input: failing() })).rejects.toThrow('the generator broke');
});

test('ffmpeg does not outlive an engine that was killed', { skip: process.platform === 'win32' }, async () => {
  const module = pathToFileURL(join(import.meta.dirname, 'run-ffmpeg.ts')).href;
  const program = `import { runFfmpeg } from ${JSON.stringify(module)};
    await runFfmpeg(${JSON.stringify(ffmpeg)}, ${JSON.stringify([...endless.slice(0, -1), '-metadata', `title=${folder}`, '-'])},
      { onProgress: () => process.stdout.write('running\\n') });`;
  const engine = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(engine.stdout, 'data');
  const children = await childrenOf(engine.pid ?? 0);
  expect(children.length).toBeGreaterThan(0);
  engine.kill('SIGKILL');
  await once(engine, 'exit');
  for (let waitedMs = 0; waitedMs < 5000 && children.some(isAlive); waitedMs += 50) await wait(50);
  expect(children.filter(isAlive)).toEqual([]);
});

async function failureOf(run: Promise<unknown>): Promise<unknown> {
  const error = await run.catch((thrown: unknown) => thrown);
  return error instanceof FailureError ? error.failure : error;
}

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(256);
  throw new Error('the generator broke');
}

async function childrenOf(pid: number): Promise<number[]> {
  const listing = spawn('ps', ['-o', 'pid=', '--ppid', String(pid)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const piece of listing.stdout) text += piece;
  return text.split(/\s+/).filter(Boolean).map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
