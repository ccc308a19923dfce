/** How far a run of ffmpeg is. */
export interface FfmpegProgress {
  /** Frames written to the first picture output so far. */
  readonly frames: number;
  /** Length of what has been written, in seconds; 0 until ffmpeg knows. */
  readonly seconds: number;
}

/** Reads what `ffmpeg -progress` writes, in pieces of any size: `key=value` lines, a block ended by `progress=…`. */
export function progressReader(onProgress: (progress: FfmpegProgress) => void): (text: string) => void {
  let rest = '';
  let frames = 0;
  let seconds = 0;
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [key, value = ''] = line.trim().split('=', 2);
      if (key === 'frame') frames = wholeOr(value, frames);
      else if (key === 'out_time_us') seconds = wholeOr(value, seconds * 1e6) / 1e6;
      else if (key === 'progress') onProgress({ frames, seconds });
    }
  };
}

// ffmpeg writes N/A, and at the very start the most negative number there is.
function wholeOr(text: string, known: number): number {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 ? value : known;
}
