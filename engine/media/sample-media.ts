import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { findFfmpeg } from './ffmpeg/find-ffmpeg.ts';

// Small real media for tests: clips of other people's cameras from test/fixtures/media, and clips made on the spot.

export const ffmpegPath = findFfmpeg();

/** A clip of test/fixtures/media; its LICENSES.md says where each comes from. */
export function fixture(name: string): string {
  const path = join(import.meta.dirname, '../../test/fixtures/media', name);
  if (!existsSync(path)) throw new Error(`no such fixture: ${name}`);
  return path;
}

/** A folder for one test file, named as awkwardly as a user's can be. Remove it with `dispose` when all is done. */
export function sampleFolder(): { readonly path: string; dispose(): void } {
  const path = mkdtempSync(join(tmpdir(), "shotloom 'media' 漢字 é 100%d "));
  return { path, dispose: () => rmSync(path, { recursive: true, force: true }) };
}

/** Arguments written as one would type them; none may hold a space. */
export function words(text: string): string[] {
  return text.split(' ');
}

/** Makes a file with ffmpeg and answers its path. Made under a plain name: ffmpeg would read a % in it as a pattern. */
export function makeSample(folder: string, name: string, args: readonly string[]): string {
  const plain = mkdtempSync(join(tmpdir(), 'shotloom-sample-'));
  const made = join(plain, `sample${extname(name)}`);
  const options = { encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(ffmpegPath, ['-v', 'error', '-y', ...args, made], options);
  if (status !== 0) throw new Error(`could not make ${name}: ${stderr}`);
  const path = join(folder, name);
  renameSync(made, path);
  rmSync(plain, { recursive: true });
  return path;
}

/**
 * A picture source whose frame n carries the number n as eight black or white columns, so that a frame can be known
 * again after any coding and scaling.
 */
export function numberedFrames(size: string, rate: string): string[] {
  const bits = "lum='255*mod(floor(N/pow(2,floor(X*8/W))),2)':cb=128:cr=128";
  return ['-f', 'lavfi', '-i', `color=s=${size}:r=${rate},format=yuv420p,geq=${bits}`];
}

/** Reads the numbers of `numberedFrames` back from all frames of a file, or from those of a filtered input. */
export function readNumbers(input: readonly string[], filter = 'null'): number[] {
  const upright = ['-vf', `${filter},scale=8:1:flags=area,format=gray`, '-fps_mode', 'passthrough'];
  const args = ['-v', 'error', ...input, ...upright, '-f', 'rawvideo', 'pipe:1'];
  const { stdout, status, stderr } = spawnSync(ffmpegPath, args, { maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`could not read numbers: ${stderr}`);
  return Array.from({ length: stdout.length / 8 }, (_, frame) =>
    [...stdout.subarray(frame * 8, frame * 8 + 8)].reduce((sum, grey, bit) => sum + (grey > 127 ? 2 ** bit : 0), 0),
  );
}
