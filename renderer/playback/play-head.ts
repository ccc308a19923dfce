import { addFrames, clampFrames, type Frames, frames, noFrames, type Rate } from '../../engine/document/time.ts';
import { type Anchor, anchorAt, nextEdge, playedTo, reanchor } from './clock/play-clock.ts';
import type { PlayRate } from './player.ts';

/** A clock that playback can follow: the sound device's, or the window's own. */
export interface Clock {
  readonly kind: 'sound' | 'wall';
  seconds(): number;
}

export interface Sequence {
  readonly rate: Rate;
  readonly length: Frames;
}

/**
 * Where the playhead is and how it moves. Pure but for the clocks it is shown; knows neither pictures nor sound.
 *
 * at rest ⇄ about to play (sound is being fetched; the playhead stands) → playing, tied to a clock by an anchor.
 */
export class PlayHead {
  #sequence: Sequence = { rate: { num: 24, den: 1 }, length: noFrames };
  #frame = noFrames;
  #motion: Motion = { kind: 'at-rest' };

  get frame(): Frames {
    return this.#frame;
  }

  get playing(): PlayRate | undefined {
    return this.#motion.kind === 'at-rest' ? undefined : this.#motion.rate;
  }

  /** Whether it follows a clock by now. */
  get isMoving(): boolean {
    return this.#motion.kind === 'playing';
  }

  /** A new length or rate of the sequence; the playhead stays, inside it. */
  setSequence(sequence: Sequence): void {
    this.#sequence = sequence;
    this.#frame = clampFrames(this.#frame, noFrames, sequence.length);
  }

  /** Puts the playhead somewhere. While it plays, it must be begun anew from there. */
  moveTo(frame: Frames): void {
    this.#frame = clampFrames(frame, noFrames, this.#sequence.length);
    if (this.#motion.kind === 'playing') this.#motion = { kind: 'about-to-play', rate: this.#motion.rate };
  }

  stepBy(byFrames: number): void {
    this.#motion = { kind: 'at-rest' };
    this.moveTo(addFrames(this.#frame, frames(byFrames)));
  }

  /** Gets ready to play; forward from the end means from the start again. */
  prepare(rate: PlayRate): void {
    const last = Math.max(0, this.#sequence.length - 1);
    if (rate > 0 && this.#frame >= last) this.#frame = noFrames;
    if (rate < 0) this.#frame = frames(Math.min(this.#frame, last));
    this.#motion = { kind: 'about-to-play', rate };
  }

  /** Sets off at a time of a clock. */
  begin(clock: Clock, seconds: number): void {
    if (this.#motion.kind !== 'about-to-play') return;
    const { rate } = this.#motion;
    this.#motion = { kind: 'playing', rate, clock, anchor: anchorAt(this.#frame, rate, seconds) };
  }

  /** Goes on by another clock, or at another speed, without a jump. */
  goOn(clock: Clock, rate: PlayRate): void {
    if (this.#motion.kind !== 'playing') return;
    const now = this.#motion.clock.seconds();
    const to = { seconds: clock.seconds(), rate };
    this.#motion = {
      kind: 'playing',
      rate,
      clock,
      anchor: reanchor(this.#motion.anchor, now, this.#sequence.rate, to),
    };
  }

  /**
   * The next edge between two frames that playback crosses no sooner than a time of its clock, and when: where sound
   * can join the picture. Undefined when nothing plays.
   */
  edgeAfter(seconds: number): { readonly edge: Frames; readonly seconds: number } | undefined {
    return this.#motion.kind === 'playing' ? nextEdge(this.#motion.anchor, seconds, this.#sequence.rate) : undefined;
  }

  /** Brings the playhead to where the clock says; at either end of the sequence it comes to rest. */
  follow(): void {
    if (this.#motion.kind !== 'playing') return;
    const played = playedTo(this.#motion.anchor, this.#motion.clock.seconds(), this.#sequence);
    this.#frame = played.frame;
    if (played.kind === 'ended') this.#motion = { kind: 'at-rest' };
  }

  rest(): void {
    this.follow();
    this.#motion = { kind: 'at-rest' };
  }
}

type Motion =
  | { readonly kind: 'at-rest' }
  | { readonly kind: 'about-to-play'; readonly rate: PlayRate }
  | { readonly kind: 'playing'; readonly rate: PlayRate; readonly clock: Clock; readonly anchor: Anchor };
