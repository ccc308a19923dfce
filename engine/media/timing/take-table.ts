import type { FrameTable } from '../../contract/frame-table-file.ts';
import type { TakePicture } from '../../document/film.ts';
import { type CodedFrames, type Timing, timingOf } from './timing.ts';

/**
 * The table of a take whose coded frames were read. Of a take that is recorded already, `known` is its rate and
 * length, which a film may rely on: they are kept, whatever a later version would read from the same frames.
 */
export function takeTable(coded: CodedFrames, known?: Timing): FrameTable {
  const { timeBase, ticks, keys, ffmpegOffsetTicks, reach } = coded;
  return { ...(known ?? timingOf(coded)), timeBase, ticks, keys, ffmpegOffsetTicks, reach };
}

/** What a record says of the timing of its picture; undefined where nothing moves. */
export function recordedTiming(timing: 'constant' | 'variable' | 'still', picture: TakePicture): Timing | undefined {
  if (timing === 'still' || picture.kind === 'still') return undefined;
  return { timing, rate: picture.rate, frameCount: picture.frameCount };
}
