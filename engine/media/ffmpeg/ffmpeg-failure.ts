import type { Failure } from '../../contract/failure.ts';

/**
 * What a run of ffmpeg that ended badly means for the editor. `writesTo` is the file it was writing, if any.
 * Read from its messages, which is why it always runs with LC_ALL=C: its exit status is 1 for nearly everything.
 */
export function ffmpegFailure(lines: readonly string[], writesTo: string | undefined): Failure {
  const text = lines.join('\n');
  if (/No space left on device|Disk quota exceeded|ENOSPC|not enough space on the disk/i.test(text)) {
    return { code: 'disk-full', path: writesTo ?? '' };
  }
  return { code: 'ffmpeg-failed', lastLines: [...lines] };
}

/** Keeps the last lines of a text that arrives in pieces: enough of ffmpeg's messages to see what went wrong. */
export function lineTail(limit: number): { add(text: string): void; lines(): string[] } {
  const kept: string[] = [];
  let rest = '';
  return {
    add: (text) => {
      const lines = (rest + text).split(/\r\n|\r|\n/);
      rest = lines.pop() ?? '';
      kept.push(...lines.filter((line) => line.trim() !== ''));
      kept.splice(0, kept.length - limit);
    },
    lines: () => (rest.trim() === '' ? [...kept] : [...kept, rest]).slice(-limit),
  };
}
