import type { AudioTrack, Film, Sequence, VideoTrack } from './film.ts';
import type { FilmId, SequenceId, TrackId } from './ids.ts';
import type { Rate } from './time.ts';

export interface NewFilm {
  readonly id: FilmId;
  readonly name: string;
  readonly sequenceName: string;
  readonly rate?: Rate;
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** Names of V2, V1, A1 and A2, in the editor's language. */
  readonly trackNames: { readonly v2: string; readonly v1: string; readonly a1: string; readonly a2: string };
}

/** An empty film: one sequence, 1920×1080 at 24 frames a second unless told otherwise, with V2 V1 A1 A2. */
export function newFilm({ id, name, sequenceName, rate, widthPx, heightPx, trackNames }: NewFilm): Film {
  const sequence: Sequence = {
    id: 'sequence-1' as SequenceId,
    name: sequenceName,
    rate: rate ?? { num: 24, den: 1 },
    widthPx: widthPx ?? 1920,
    heightPx: heightPx ?? 1080,
    sampleRateHz: 48000,
    tracks: [
      videoTrack('v1', trackNames.v1),
      videoTrack('v2', trackNames.v2),
      audioTrack('a1', trackNames.a1),
      audioTrack('a2', trackNames.a2),
    ],
  };
  return { version: 1, id, name, sequences: [sequence], takes: {}, removedTakes: [] };
}

function videoTrack(id: string, name: string): VideoTrack {
  return { kind: 'video', id: id as TrackId, name, isLocked: false, isHidden: false, clips: [] };
}

function audioTrack(id: string, name: string): AudioTrack {
  return { kind: 'audio', id: id as TrackId, name, isLocked: false, isMuted: false, isSolo: false, clips: [] };
}
