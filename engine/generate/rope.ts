import type { LatentShape } from './latent-shape.ts';
import type { FloatTensor } from './loom-graphs.ts';

/** How a loom transformer is told where its tokens lie. */
export interface LoomRope {
  /** Numbers to an attention head; half as many pairs are turned. */
  readonly headDim: number;
  /** Pairs turned by time, and by each of y and x: timePairs + 2 · spacePairs = headDim / 2. */
  readonly timePairs: number;
  readonly spacePairs: number;
  /** Tokens of the frame size whose places count 1 each; larger frames are measured in the same share of the picture. */
  readonly unitTokens: number;
  /** Highest turn per place, in radians, and how many times lower the lowest is. */
  readonly timeTop: number;
  readonly timeFalloff: number;
  readonly spaceTop: number;
  readonly spaceFalloff: number;
}

/** Cosines and sines, float32 [tokens, headDim / 2] each. */
export interface RopeTables {
  readonly cos: FloatTensor;
  readonly sin: FloatTensor;
}

/** A token covers this many latent cells across and down. */
export const cellsPerToken = 4;

/**
 * The turn of every token: picture tokens frame by frame, row by row, then `textLength` text tokens that are not
 * turned (cos 1, sin 0). Made in float64 and rounded once.
 *
 * A place is the latent frame's index in time, and in y and x the distance from the centre of the picture, in tokens
 * of the unit size: so a layout learned at one size holds at the others. Pair k of an axis with n pairs turns by
 * top · falloff^(−k/(n−1)) for each place; a head's pairs are time's, then y's, then x's.
 * Source: Su et al. 2021, arXiv:2104.09864; build/train, dit/rope.py.
 */
export function ropeTables(
  rope: LoomRope,
  { latentFrames, height, width }: LatentShape,
  textLength: number,
): RopeTables {
  const [rows, columns] = [height / cellsPerToken, width / cellsPerToken];
  const scale = Math.sqrt(rope.unitTokens / (rows * columns));
  const timeTurns = turnsOf(rope.timeTop, rope.timeFalloff, rope.timePairs);
  const spaceTurns = turnsOf(rope.spaceTop, rope.spaceFalloff, rope.spacePairs);
  const pairs = rope.timePairs + 2 * rope.spacePairs;
  const tokens = latentFrames * rows * columns + textLength;
  const cos = new Float32Array(tokens * pairs).fill(1);
  const sin = new Float32Array(tokens * pairs);
  let at = 0;
  const turn = (place: number, turns: readonly number[]) => {
    for (const each of turns) {
      cos[at] = Math.cos(place * each);
      sin[at] = Math.sin(place * each);
      at++;
    }
  };
  for (let time = 0; time < latentFrames; time++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        turn(time, timeTurns);
        turn((row - (rows - 1) / 2) * scale, spaceTurns);
        turn((column - (columns - 1) / 2) * scale, spaceTurns);
      }
    }
  }
  return { cos: { data: cos, shape: [tokens, pairs] }, sin: { data: sin, shape: [tokens, pairs] } };
}

function turnsOf(top: number, falloff: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => top * falloff ** (-k / Math.max(1, count - 1)));
}
