import type { LatentShape } from './latent-shape.ts';

/**
 * The starting noise of a shot: float32 [channels, latentFrames, height, width], standard normal.
 *
 * Numbers are drawn latent frame by latent frame: element (c, t, y, x) is number ((t·C + c)·h + y)·w + x of the seed.
 * So a longer shot begins with the noise of a shorter one, and a chunk of time can be made without the rest.
 */
export function shotNoise(seed: number, shape: LatentShape): Float32Array<ArrayBuffer> {
  const { channels, latentFrames, height, width } = shape;
  const cells = height * width;
  const noise = new Float32Array(channels * latentFrames * cells);
  for (let t = 0; t < latentFrames; t++) {
    const frame = gaussians(seed, t * channels * cells, channels * cells);
    for (let c = 0; c < channels; c++) {
      noise.set(frame.subarray(c * cells, (c + 1) * cells), (c * latentFrames + t) * cells);
    }
  }
  return noise;
}

/**
 * Standard normal numbers `from` … `from + count − 1` of a seed, rounded to float32.
 *
 * Number i depends on the seed and on i alone: block floor(i/4) of Philox4x32-10 under the key (seed, 0) gives four
 * 32-bit words; words 0, 1 and words 2, 3 each make two normals by Box–Muller. A first word w becomes (w+1)/2³² in
 * (0, 1], so that its logarithm is finite and no number is beyond 6.67; a second word becomes w/2³².
 * Seeds are whole numbers in [0, 2³²); they mean nothing to another program's generator.
 * Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */
export function gaussians(seed: number, from: number, count: number): Float32Array<ArrayBuffer> {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw new RangeError(`not a seed: ${seed}`);
  const numbers = new Float32Array(count);
  const words = new Uint32Array(4);
  for (let block = Math.floor(from / 4); block * 4 < from + count; block++) {
    philox(words, [block >>> 0, Math.floor(block / 2 ** 32), 0, 0], [seed, 0]);
    for (let lane = 0; lane < 4; lane++) {
      const at = block * 4 + lane - from;
      if (at >= 0 && at < count) numbers[at] = normalOfLane(words, lane);
    }
  }
  return numbers;
}

/** Philox4x32 with ten rounds: four words of a counter and two of a key to four random words, written to `out`. */
export function philox(out: Uint32Array, counter: readonly number[], key: readonly number[]): void {
  let [a = 0, b = 0, c = 0, d = 0] = counter;
  let [keyLow = 0, keyHigh = 0] = key;
  for (let round = 0; round < 10; round++) {
    const nextA = highProduct(0xcd9e8d57, c) ^ b ^ keyLow;
    const nextC = highProduct(0xd2511f53, a) ^ d ^ keyHigh;
    b = Math.imul(0xcd9e8d57, c) >>> 0;
    d = Math.imul(0xd2511f53, a) >>> 0;
    a = nextA >>> 0;
    c = nextC >>> 0;
    keyLow = (keyLow + 0x9e3779b9) >>> 0;
    keyHigh = (keyHigh + 0xbb67ae85) >>> 0;
  }
  out.set([a, b, c, d]);
}

function normalOfLane(words: Uint32Array, lane: number): number {
  const pair = lane & 2;
  const radius = Math.sqrt(-2 * Math.log(((words[pair] ?? 0) + 1) / 2 ** 32));
  const angle = (2 * Math.PI * (words[pair + 1] ?? 0)) / 2 ** 32;
  return radius * (lane & 1 ? Math.sin(angle) : Math.cos(angle));
}

// The upper 32 bits of a 64-bit product. Every intermediate stays below 2^53, so plain numbers are exact.
function highProduct(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = aHigh * bLow + aLow * bHigh + Math.floor((aLow * bLow) / 0x10000);
  return aHigh * bHigh + Math.floor(middle / 0x10000);
}
