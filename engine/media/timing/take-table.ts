import type { FrameTable } from '../../contract/frame-table-file.ts';
import { type CodedFrames, timingOf } from './timing.ts';

/** The table of a take whose coded frames were read. */
export function takeTable(coded: CodedFrames): FrameTable {
  const { timeBase, ticks, keys, ffmpegOffsetTicks, reach } = coded;
  return { ...timingOf(coded), timeBase, ticks, keys, ffmpegOffsetTicks, reach };
}
