import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import { mediaFactsSchema } from '../contract/take.ts';
import { type GeneratedFrames, openFrameWriter } from './frame-writer.ts';
import { ffmpegPath, sampleFolder, words } from './sample-media.ts';
import { takeOf } from './sample-takes.ts';

const folder = sampleFolder();
afterAll(folder.dispose);

const size = { widthPx: 96, heightPx: 64 };
const frameBytes = size.widthPx * size.heightPx * 3;
let made = 0;

test('what was generated is kept bit for bit, with a proxy of the same frames beside it', async () => {
  const frames = Array.from({ length: 17 }, (_, n) => picture(n));
  const shot = shotOf(17);
  const writer = await openFrameWriter(shot);
  await writer.write(Buffer.concat(frames.slice(0, 5))); // a chunk as a VAE decodes it
  for (const frame of frames.slice(5)) await writer.write(frame);
  const written = await writer.finish();

  expect(rgbOf(shot.masterPath)).toEqual(Buffer.concat(frames));
  const bytes = readFileSync(shot.masterPath);
  expect(written.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(written.bytes).toBe(bytes.length);

  const master = await takeOf(shot.masterPath);
  expect(mediaFactsSchema.parse(written.media)).toEqual({ container: 'matroska', picture: master.picture });
  expect(master.upright).toEqual({ kind: 'moving', ...size, rate: shot.rate, frameCount: 17 });
  expect(Array.from(master.table.keys)).toEqual(Array(17).fill(1));

  const proxy = await takeOf(written.proxyPath);
  expect(proxy.upright).toEqual({ kind: 'moving', ...size, rate: shot.rate, frameCount: 17 });
  expect(proxy.picture).toMatchObject({ pixelFormat: 'yuv420p', colour: { matrix: 'bt709', range: 'limited' } });
  const [shown, meant] = [rgbOf(written.proxyPath), Buffer.concat(frames)];
  const error = shown.reduce((sum, value, index) => sum + Math.abs(value - (meant[index] ?? 0)), 0) / shown.length;
  expect(error).toBeLessThan(4); // of 255: H.264 of 4:2:0 beside lossless R'G'B'
  expect(everythingIn(dirname(shot.masterPath))).toHaveLength(2);
});

test('a shot of any length is written, one frame included', async () => {
  const shot = shotOf(1);
  const writer = await openFrameWriter(shot);
  await writer.write(picture(3));
  await writer.finish();
  expect(rgbOf(shot.masterPath)).toEqual(Buffer.from(picture(3)));
});

test('a generator that makes too few or too many frames leaves no take', async () => {
  const few = shotOf(5);
  const tooFew = await openFrameWriter(few);
  await tooFew.write(picture(0));
  await expect(tooFew.finish()).rejects.toThrow('1 frames were written instead of 5');
  const many = shotOf(1);
  const tooMany = await openFrameWriter(many);
  await tooMany.write(picture(0));
  await expect(tooMany.write(picture(1))).rejects.toThrow('more than 1 frames');
  const half = await openFrameWriter(shotOf(1));
  await expect(half.write(new Uint8Array(frameBytes / 2))).rejects.toThrow('no whole frames');
  for (const shot of [few, many]) expect(everythingIn(dirname(shot.masterPath))).toEqual([]);
});

test('cancelling and giving up leave nothing behind', async () => {
  const cancel = new AbortController();
  const cancelled = { ...shotOf(100), signal: cancel.signal };
  const writer = await openFrameWriter(cancelled);
  await writer.write(picture(0));
  cancel.abort(new Error('the shot was cancelled'));
  await expect(writer.write(picture(1))).rejects.toThrow('the shot was cancelled');
  const abandoned = shotOf(100);
  const other = await openFrameWriter(abandoned);
  await other.write(picture(0));
  await other.abandon();
  for (const shot of [cancelled, abandoned]) expect(everythingIn(dirname(shot.masterPath))).toEqual([]);
});

test('a full disk is told as such, and leaves nothing behind', { skip: process.platform === 'win32' }, async () => {
  const full = join(folder.path, 'ffmpeg-on-a-full-disk');
  writeFileSync(
    full,
    '#!/bin/sh\nhead -c 1000 >/dev/null\necho "Error writing trailer: No space left on device" >&2\nexit 1\n',
  );
  chmodSync(full, 0o755);
  const shot = { ...shotOf(100), ffmpegPath: full };
  const writer = await openFrameWriter(shot);
  const writing = (async () => {
    for (let n = 0; n < 100; n++) await writer.write(picture(n));
    await writer.finish();
  })();
  const error: unknown = await writing.catch((thrown: unknown) => thrown);
  expect(error instanceof FailureError && error.failure).toEqual({ code: 'disk-full', path: shot.masterPath });
  expect(everythingIn(dirname(shot.masterPath))).toEqual([]);
});

test('the generator waits for the writer, whatever its speed', { skip: process.platform === 'win32' }, async () => {
  const slow = join(folder.path, 'ffmpeg-that-is-slow');
  writeFileSync(slow, `#!/bin/sh\nsleep 1\nexec ${ffmpegPath} "$@"\n`);
  chmodSync(slow, 0o755);
  const shot = { ...shotOf(40), ffmpegPath: slow };
  const writer = await openFrameWriter(shot);
  let taken = 0;
  const writing = (async () => {
    for (let n = 0; n < 40; n++) {
      await writer.write(picture(n));
      taken++;
    }
    return writer.finish();
  })();
  await wait(500); // ffmpeg has not yet read anything
  expect(taken).toBeLessThan(12); // what pipes hold: some 150 kB, 8 of these frames
  await writing;
  expect(taken).toBe(40);
});

function shotOf(frameCount: number): GeneratedFrames {
  const place = join(folder.path, `shot ${++made}`);
  const paths = { masterPath: join(place, 'takes', 'frames.mkv'), cacheFolder: join(place, 'cache') };
  return { ffmpegPath, ...paths, ...size, frameCount, rate: { num: 12, den: 1 } };
}

/** A soft picture that moves with n, of every colour. */
function picture(n: number): Uint8Array {
  return Uint8Array.from({ length: frameBytes }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % size.widthPx, Math.floor(index / 3 / size.widthPx)];
    return Math.round(127 + 120 * Math.sin((x + n * 3) / 30 + (index % 3)) * Math.cos(y / 25));
  });
}

function rgbOf(path: string): Buffer {
  const read = ['-v', 'error', '-i', `file:${path}`, ...words('-f rawvideo -pix_fmt rgb24 pipe:1')];
  return spawnSync(ffmpegPath, read, { maxBuffer: 1 << 28 }).stdout;
}

function everythingIn(place: string): string[] {
  const root = dirname(place); // the takes' folder and the cache beside it
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(root, name)).isFile());
}
