import type { MediaId } from '../../engine/contract/ids.ts';
import type { PictureSource } from '../../engine/contract/library.ts';
import type { PictureStream } from '../../engine/contract/take.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import type { Frames } from '../../engine/document/time.ts';
import type { RenderPlan } from '../../engine/render/plan.ts';
import { CanvasPlayer } from './canvas-player.ts';

/** What the window can read of one take. A take that is missing here (pending, offline) shows and sounds nothing. */
export interface PlayableTake {
  readonly picture?: {
    readonly source: PictureSource;
    /** How the original is coded (`record.origin.media.picture`): its turn, pixel shape and colour. */
    readonly stream: PictureStream;
  };
  /** The take's conformed sound (`view.sound`): 48 kHz stereo 16-bit WAV. */
  readonly sound?: MediaId;
}

export type PlayableTakes = ReadonlyMap<TakeId, PlayableTake>;

/** Signed speed of playback; negative plays backward. */
export type PlayRate = 1 | 2 | 4 | 8 | -1 | -2 | -4 | -8;

export interface PlayerState {
  /** Where the playhead is: 0 to the plan's length, both included; at the length itself there is no picture. */
  readonly frame: Frames;
  readonly isPlaying: boolean;
  /** The speed while playing, and 1 at rest. */
  readonly rate: PlayRate;
  /** Frames that fell due and were never drawn, since playback last started. */
  readonly droppedFrames: number;
  /** `loading` while the canvas still shows an earlier frame than the one asked for. */
  readonly picture: 'current' | 'loading';
  /** Takes under the playhead whose picture or sound could not be read; the viewer says so in words. */
  readonly unreadable: readonly TakeId[];
}

/**
 * Plays a RenderPlan into a canvas: sound is the clock, the picture follows it. Knows no React; one player serves one
 * canvas until `dispose`.
 */
export interface Player {
  readonly state: PlayerState;
  /**
   * What to play from now on. Cheap: call it after every edit; the playhead stays (clamped to the new length), and
   * playback goes on. Takes that appear in `takes` later (a finished generation) show at once.
   */
  setPlan(plan: RenderPlan, takes: PlayableTakes): void;
  /** Moves the playhead (clamped). While it is called faster than frames decode, only the latest counts. */
  seek(frame: Frames): void;
  /** Moves by whole frames and stops playback: ← and →. */
  step(byFrames: number): void;
  /**
   * Starts playing, or changes speed. Call it from a gesture: browsers let sound start only then, and until they do
   * the picture plays in silence. At the end, forward play starts again from frame 0.
   */
  play(rate?: PlayRate): void;
  pause(): void;
  /** J, K and L: K pauses; J and L double their direction's speed up to 8, or turn round at speed 1. */
  shuttle(key: 'J' | 'K' | 'L'): void;
  /** `half` draws playback at half the canvas's resolution; the paused frame is always drawn in full. */
  setResolution(resolution: 'full' | 'half'): void;
  /** Loudness of the monitor, 0 to 1; changes nothing in the film. */
  setVolume(volume: number): void;
  /** Hears of every change of `state`, at most once an animation frame. Returns how to stop listening. */
  subscribe(listener: (state: PlayerState) => void): () => void;
  /** Stops, closes every decoded frame, the worker and the sound device. */
  dispose(): void;
}

export interface PlayerOptions {
  /** Drawn at its CSS size times the device's pixel ratio; the frame is fitted inside and the rest left black. */
  readonly canvas: HTMLCanvasElement;
  /** Where a granted file is read; `/media/<id>` unless told otherwise. */
  readonly mediaUrl?: (media: MediaId) => string;
}

export function createPlayer(options: PlayerOptions): Player {
  return new CanvasPlayer(options);
}
