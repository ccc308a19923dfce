import type { ClipId, FilmId, LinkId, SequenceId, ShotId, TakeId, TrackId } from './ids.ts';
import type { Frames, Rate, Samples } from './time.ts';

/** The saved film: everything an editor can undo, and nothing else. Plain data; JSON all the way down. */
export interface Film {
  readonly version: 1;
  readonly id: FilmId;
  readonly name: string;
  readonly sequences: readonly Sequence[];
  /** What the cut needs to know of each take it uses. A take never changes once made, so this copy cannot drift. */
  readonly takes: Readonly<Record<TakeId, TakeFacts>>;
  /** Takes the editor threw out of the bin. Their files stay until the trash sweep. */
  readonly removedTakes: readonly TakeId[];
}

export interface Sequence {
  readonly id: SequenceId;
  readonly name: string;
  readonly rate: Rate;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly sampleRateHz: number;
  /** Video tracks from the bottom of the picture up (V1, V2, …), then audio tracks (A1, A2, …). */
  readonly tracks: readonly Track[];
}

export type Track = VideoTrack | AudioTrack;

export interface VideoTrack {
  readonly kind: 'video';
  readonly id: TrackId;
  readonly name: string;
  readonly isLocked: boolean;
  readonly isHidden: boolean;
  readonly clips: readonly PictureClip[];
}

export interface AudioTrack {
  readonly kind: 'audio';
  readonly id: TrackId;
  readonly name: string;
  readonly isLocked: boolean;
  readonly isMuted: boolean;
  readonly isSolo: boolean;
  readonly clips: readonly SoundClip[];
}

export type Clip = PictureClip | SoundClip;

interface AnyClip {
  readonly id: ClipId;
  readonly takeId: TakeId;
  readonly shotId?: ShotId;
  /** The clips this one was generated to continue: they are drawn as one and move together. */
  readonly joins?: { readonly left?: ClipId; readonly right?: ClipId };
  /** Clips with the same link are edited together: a picture and its own sound. */
  readonly linkId?: LinkId;
  readonly recordIn: Frames;
  readonly recordOut: Frames;
  /**
   * Where in the take the clip begins, counted in **sequence** frames from the take's first frame:
   * so a trim by one sequence frame can be written down even for a take of half the rate.
   */
  readonly sourceIn: Frames;
}

export interface PictureClip extends AnyClip {
  readonly kind: 'picture';
  readonly framing: Framing;
}

export interface SoundClip extends AnyClip {
  readonly kind: 'sound';
  readonly gainDb: number;
}

/** How a picture lies in the frame: cropped, scaled about its centre, placed, blended. */
export interface Framing {
  /** Offset of the picture's centre from the frame's centre, in sequence pixels; x to the right, y down. */
  readonly xPx: number;
  readonly yPx: number;
  /** 1 = one upright, square-pixel source pixel on one sequence pixel. Above 0. */
  readonly scale: number;
  /** Cut away from each side before scaling, in whole upright source pixels. */
  readonly crop: Crop;
  /** 0 = invisible, 1 = opaque. */
  readonly opacity: number;
}

export interface Crop {
  readonly leftPx: number;
  readonly topPx: number;
  readonly rightPx: number;
  readonly bottomPx: number;
}

export const noCrop: Crop = { leftPx: 0, topPx: 0, rightPx: 0, bottomPx: 0 };

/** What a cut must know of a take; the library holds the rest. */
export interface TakeFacts {
  readonly id: TakeId;
  readonly name: string;
  readonly origin: 'imported' | 'generated';
  readonly picture?: TakePicture;
  readonly sound?: TakeSound;
}

/** Sizes are upright and square: after rotation and pixel aspect. */
export type TakePicture =
  | {
      readonly kind: 'moving';
      readonly rate: Rate;
      readonly frameCount: number;
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | { readonly kind: 'still'; readonly widthPx: number; readonly heightPx: number };

export interface TakeSound {
  readonly sampleRateHz: number;
  readonly sampleCount: Samples;
}

export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
