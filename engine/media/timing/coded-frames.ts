import type { Rate } from '../../document/time.ts';
import type { CodedFrames } from './timing.ts';

/** One coded frame as a demuxer tells of it. */
export interface ShownFrame {
  readonly ticks: number;
  readonly lengthTicks: number;
  readonly isKey: boolean;
}

/**
 * Puts the frames of a picture, given in the order of decoding, in the order they are shown. Undefined when none is.
 *
 * Left out are frames that `isShown` refuses (an edit list's; `index` is the place in `decoding`), and frames shown before the first key frame: they
 * follow it in the file and need what came before it, which is gone when a film was cut out of a longer one, so no
 * decoder hands them out. Two frames at one time count once.
 */
export function codedFrames(
  decoding: readonly ShownFrame[],
  timeBase: Rate,
  isShown: (frame: ShownFrame, index: number) => boolean = () => true,
): Omit<CodedFrames, 'ffmpegOffsetTicks' | 'reach'> | undefined {
  const firstKey = decoding.find(({ isKey }) => isKey);
  const from = firstKey?.ticks ?? Number.NEGATIVE_INFINITY;
  const shown = decoding
    .filter((frame, index) => frame.ticks >= from && isShown(frame, index))
    .sort((a, b) => a.ticks - b.ticks)
    .filter(({ ticks }, index, all) => ticks !== all[index + 1]?.ticks);
  const last = shown.at(-1);
  if (!last) return undefined;
  return {
    timeBase,
    ticks: Float64Array.from(shown, ({ ticks }) => ticks),
    keys: Uint8Array.from(shown, ({ isKey }) => (isKey ? 1 : 0)),
    lastTicks: last.lengthTicks,
  };
}
