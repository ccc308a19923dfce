import { type Frames, frames, framesPerSecond, type Rate } from '../../../engine/document/time.ts';
import type { PlayRate } from '../player.ts';

/**
 * What ties the sequence to a clock while it plays: at `seconds` on the clock, playback stood at `position`.
 *
 * A position counts frames with their parts: frame n lasts from n to n + 1. Forward play of frame n starts at n,
 * backward play at n + 1, so that either way the frame is shown for its full length.
 */
export interface Anchor {
  readonly seconds: number;
  readonly position: number;
  readonly rate: PlayRate;
}

export function anchorAt(frame: Frames, rate: PlayRate, seconds: number): Anchor {
  return { seconds, position: rate > 0 ? frame : frame + 1, rate };
}

export function positionAt(anchor: Anchor, seconds: number, sequenceRate: Rate): number {
  const elapsed = Math.max(0, seconds - anchor.seconds);
  return anchor.position + elapsed * anchor.rate * framesPerSecond(sequenceRate);
}

/** The frame on screen at a position. Edges are taken a millionth late, so that rounding never shows a frame early. */
export function frameAtPosition(position: number, rate: PlayRate): Frames {
  return frames(rate > 0 ? Math.floor(position + 1e-6) : Math.ceil(position - 1e-6) - 1);
}

export type PlayedTo =
  | { readonly kind: 'playing'; readonly frame: Frames }
  /** Past the last frame, or before the first: playback stands there. */
  | { readonly kind: 'ended'; readonly frame: Frames };

/** Where playback is, or where it came to rest. */
export function playedTo(
  anchor: Anchor,
  seconds: number,
  sequence: { readonly rate: Rate; readonly length: Frames },
): PlayedTo {
  const frame = frameAtPosition(positionAt(anchor, seconds, sequence.rate), anchor.rate);
  if (frame >= sequence.length) return { kind: 'ended', frame: frames(Math.max(0, sequence.length - 1)) };
  return frame < 0 ? { kind: 'ended', frame: frames(0) } : { kind: 'playing', frame };
}

/** The same playback counted by another clock, or at another speed, from now on; nothing jumps. */
export function reanchor(
  anchor: Anchor,
  seconds: number,
  sequenceRate: Rate,
  to: { seconds: number; rate: PlayRate },
): Anchor {
  const position = positionAt(anchor, seconds, sequenceRate);
  const turned = Math.sign(to.rate) !== Math.sign(anchor.rate);
  if (!turned) return { ...to, position };
  return anchorAt(frameAtPosition(position, anchor.rate), to.rate, to.seconds);
}

/** The next whole position that playback reaches at a time or later, and when it does. */
export function nextEdge(anchor: Anchor, seconds: number, sequenceRate: Rate): { edge: Frames; seconds: number } {
  const position = positionAt(anchor, seconds, sequenceRate);
  const edge = frames(anchor.rate > 0 ? Math.ceil(position - 1e-6) : Math.floor(position + 1e-6));
  const framesAway = (edge - anchor.position) / anchor.rate;
  return { edge, seconds: anchor.seconds + framesAway / framesPerSecond(sequenceRate) };
}

/**
 * The frame whose picture is shown for the one that is due: itself, or above double speed every second or fourth one,
 * since no screen shows more and decoding them would cost twice as much for nothing.
 */
export function pictureFrame(due: Frames, rate: PlayRate): Frames {
  const stride = pictureStride(rate);
  return frames(Math.floor(due / stride) * stride);
}

export function pictureStride(rate: PlayRate): number {
  return Math.max(1, Math.abs(rate) / 2);
}
