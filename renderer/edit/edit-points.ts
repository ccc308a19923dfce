import type { Sequence } from '../../engine/document/film.ts';
import { type Frames, noFrames } from '../../engine/document/time.ts';
import { allClips } from '../../engine/document/track.ts';

/** The nearest cut before or after a frame, on any track; undefined when there is none that way. */
export function editPointBeside(sequence: Sequence, at: Frames, way: 'previous' | 'next'): Frames | undefined {
  const edges = allClips(sequence).flatMap(({ clip }) => [clip.recordIn, clip.recordOut]);
  const points = [noFrames, ...edges];
  return way === 'next'
    ? points.filter((point) => point > at).toSorted((a, b) => a - b)[0]
    : points.filter((point) => point < at).toSorted((a, b) => b - a)[0];
}
