import type { Clip, Film, TakeFacts, Track } from '../../../engine/document/film.ts';
import type { ClipId } from '../../../engine/document/ids.ts';
import { frames } from '../../../engine/document/time.ts';
import { clipsInRange } from '../../../engine/document/track.ts';
import type { Library } from '../../state/library-store.ts';
import { mainSequence } from '../../state/project.ts';
import { type ClipLook, lookOf } from './clip-look.ts';
import type { Lane } from './lanes.ts';
import { frameUnder, type TimeScale, xOfFrame } from './time-scale.ts';

/** A rectangle of the lanes, in pixels from their top left corner. */
export interface Box {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** One clip as it is painted. */
export interface SceneClip {
  readonly clip: Clip;
  readonly name: string;
  readonly take?: TakeFacts;
  readonly box: Box;
  readonly look: ClipLook;
  readonly isSelected: boolean;
  readonly isLifted: boolean;
  /** Hidden or muted with its track: still there, not played. */
  readonly isDimmed: boolean;
}

export interface SceneOptions {
  readonly film: Film;
  readonly library: Library;
  readonly lanes: readonly Lane[];
  readonly scale: TimeScale;
  readonly widthPx: number;
  readonly selected: ReadonlySet<ClipId>;
  readonly lifted: ReadonlySet<ClipId>;
}

/** Air above and below a clip inside its lane, and between two that touch. */
const insetPx = 2;

/** The clips in view, by a binary search in each track: what is painted costs what is seen, not what the film holds. */
export function clipsInView({ film, library, lanes, scale, widthPx, selected, lifted }: SceneOptions): SceneClip[] {
  const sequence = mainSequence(film);
  const range = { in: frameUnder(scale, 0), out: frames(frameUnder(scale, widthPx) + 1) };
  return lanes.flatMap((lane) => {
    const track = sequence.tracks.find((each) => each.id === lane.trackId);
    if (!track) return [];
    const isDimmed = isSilenced(track, sequence.tracks);
    let paintedUntilPx = Number.NEGATIVE_INFINITY;
    return clipsInRange<Clip>(track.clips, range).flatMap((clip): SceneClip[] => {
      const take = film.takes[clip.takeId];
      const leftPx = xOfFrame(scale, clip.recordIn);
      const rightPx = xOfFrame(scale, clip.recordOut);
      // Zoomed far out, thousands of clips share a pixel: one of them is enough to fill it.
      if (rightPx < paintedUntilPx) return [];
      paintedUntilPx = Math.floor(leftPx) + 1;
      const sceneClip: SceneClip = {
        clip,
        name: take?.name ?? '',
        ...(take && { take }),
        box: {
          leftPx,
          topPx: lane.topPx + insetPx,
          widthPx: Math.max(1, rightPx - leftPx - insetPx),
          heightPx: lane.heightPx - 2 * insetPx,
        },
        look: lookOf(library, clip.takeId),
        isSelected: selected.has(clip.id),
        isLifted: lifted.has(clip.id),
        isDimmed,
      };
      return [sceneClip];
    });
  });
}

function isSilenced(track: Track, tracks: readonly Track[]): boolean {
  if (track.kind === 'video') return track.isHidden;
  const hasSolo = tracks.some((each) => each.kind === 'audio' && each.isSolo);
  return track.isMuted || (hasSolo && !track.isSolo);
}
