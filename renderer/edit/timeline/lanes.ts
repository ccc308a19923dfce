import type { Sequence, Track } from '../../../engine/document/film.ts';
import type { TrackId } from '../../../engine/document/ids.ts';

/** A track as a strip of the timeline. */
export interface Lane {
  readonly trackId: TrackId;
  readonly kind: Track['kind'];
  /** V1, A2, … */
  readonly label: string;
  readonly topPx: number;
  readonly heightPx: number;
}

export type LaneSize = 'large' | 'small';

const gapPx = 2;
const heightsPx = {
  large: { firstVideo: 96, video: 60, audio: 64 },
  small: { firstVideo: 72, video: 44, audio: 42 },
} as const;

/** Lanes from the top: video tracks with the highest first, then audio tracks, so that V1 and A1 meet in the middle. */
export function lanesOf(sequence: Pick<Sequence, 'tracks'>, size: LaneSize): readonly Lane[] {
  const video = sequence.tracks.filter((track) => track.kind === 'video');
  const audio = sequence.tracks.filter((track) => track.kind === 'audio');
  const heights = heightsPx[size];
  let topPx = 0;
  const lane = (track: Track, label: string, heightPx: number): Lane => {
    const laid = { trackId: track.id, kind: track.kind, label, topPx, heightPx };
    topPx += heightPx + gapPx;
    return laid;
  };
  return [
    ...video
      .map((_, index) => video.length - 1 - index)
      .flatMap((index) => {
        const track = video[index];
        return track ? [lane(track, `V${index + 1}`, index === 0 ? heights.firstVideo : heights.video)] : [];
      }),
    ...audio.map((track, index) => lane(track, `A${index + 1}`, heights.audio)),
  ];
}

export function laneAt(lanes: readonly Lane[], y: number): Lane | undefined {
  return lanes.find((lane) => y >= lane.topPx && y < lane.topPx + lane.heightPx + gapPx);
}

/** The lane nearest to a height: a drag that slips off the lanes stays on the last one. */
export function laneNear(lanes: readonly Lane[], y: number, kind?: Track['kind']): Lane | undefined {
  const distance = (lane: Lane) => Math.max(lane.topPx - y, y - (lane.topPx + lane.heightPx), 0);
  return lanes.filter((lane) => !kind || lane.kind === kind).toSorted((a, b) => distance(a) - distance(b))[0];
}

export function lanesHeightPx(lanes: readonly Lane[]): number {
  const last = lanes.at(-1);
  return last ? last.topPx + last.heightPx + gapPx : 0;
}
