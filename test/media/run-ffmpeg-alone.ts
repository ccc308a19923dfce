import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ffmpegPath } from '../../engine/media/sample-media.ts';

const run = promisify(execFile);

/** Runs ffmpeg as one would in a terminal: nothing of the engine is between. Throws with its last words when it fails. */
export async function ffmpegAlone(args: readonly string[], folder?: string): Promise<{ stdout: Buffer; told: string }> {
  const options = { ...(folder === undefined ? {} : { cwd: folder }), encoding: 'buffer', maxBuffer: 2 ** 30 } as const;
  const { stdout, stderr } = await run(ffmpegPath, ['-hide_banner', '-nostats', '-nostdin', ...args], options);
  return { stdout, told: stderr.toString() };
}

/** What `ffmpeg -i` says of a file; it always ends with an error, for want of an output. */
export async function describedByFfmpeg(path: string): Promise<string> {
  const ended: unknown = await ffmpegAlone(['-i', `file:${path}`]).catch((error: unknown) => error);
  return ended instanceof Error && 'stderr' in ended ? String(ended.stderr) : '';
}
