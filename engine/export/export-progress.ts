import type { Frames } from '../document/time.ts';

export interface ExportProgress {
  readonly framesDone: number;
  readonly frameCount: number;
  /** Share of the whole, by time, in [0, 1]. */
  readonly done: number;
  /** Undefined until two seconds of encoding have shown how fast it goes. */
  readonly secondsLeft: number | undefined;
}

/** What comes after the last frame, moving the index to the front and reading the film back, takes about this share. */
const closingShare = 0.02;
const observedMs = 2000;

/** Turns counts of encoded frames into progress. Nothing is reported twice, and nothing goes back. */
export function progressMeter(
  frameCount: Frames,
  onProgress: ((progress: ExportProgress) => void) | undefined,
  nowMs: () => number = () => performance.now(),
) {
  let startedMs: number | undefined;
  let best = 0;
  return {
    framesDone: (framesDone: number) => {
      if (framesDone <= best) return;
      best = framesDone;
      startedMs ??= nowMs();
      const elapsedMs = nowMs() - startedMs;
      const share = Math.min(1, framesDone / frameCount);
      const secondsLeft = elapsedMs >= observedMs ? ((elapsedMs / 1000) * (1 - share)) / share : undefined;
      onProgress?.({ framesDone, frameCount, done: share * (1 - closingShare), secondsLeft });
    },
    finished: () => onProgress?.({ framesDone: frameCount, frameCount, done: 1, secondsLeft: 0 }),
  };
}
