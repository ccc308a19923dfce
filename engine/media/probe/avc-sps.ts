import type { Rate } from '../../document/time.ts';

/** How an H.264 stream is coded, from its sequence parameter set. */
export interface AvcSequence {
  /** 0 = gray, 1 = 4:2:0, 2 = 4:2:2, 3 = 4:4:4. */
  readonly chromaFormat: number;
  readonly bitDepth: number;
  /** Width of a pixel against its height, where the stream says. */
  readonly pixelAspect?: Rate;
}

/** Profiles that spell their chroma format and depth out; all others are 8-bit 4:2:0. ITU-T H.264, 7.3.2.1.1. */
const spelledOut = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/** Table E-1: the pixel shapes that have a number. */
const shapes = [
  ...[
    [0, 1],
    [1, 1],
    [12, 11],
    [10, 11],
    [16, 11],
    [40, 33],
    [24, 11],
    [20, 11],
    [32, 11],
  ],
  ...[
    [80, 33],
    [18, 11],
    [15, 11],
    [64, 33],
    [160, 99],
    [4, 3],
    [3, 2],
    [2, 1],
  ],
] as const;

/**
 * Reads the first sequence parameter set of an `avcC` record (ISO/IEC 14496-15, 5.3.3.1); undefined when it holds
 * none or ends too early. Goes as far as the shape of the pixels, the last thing that is wanted.
 */
export function readAvcSequence(avcC: Uint8Array): AvcSequence | undefined {
  if (avcC.length < 9 || avcC[0] !== 1 || ((avcC[5] ?? 0) & 31) === 0) return undefined;
  const length = ((avcC[6] ?? 0) << 8) | (avcC[7] ?? 0);
  try {
    return readSequence(bitReader(withoutEmulation(avcC.subarray(8, 8 + length))));
  } catch {
    return undefined;
  }
}

type Bits = ReturnType<typeof bitReader>;

function readSequence(bits: Bits): AvcSequence {
  bits.skip(8); // NAL header
  const profile = bits.take(8);
  bits.skip(16); // constraints, level
  bits.exp(); // id
  const { chromaFormat, bitDepth } = spelledOut.has(profile) ? readFormat(bits) : { chromaFormat: 1, bitDepth: 8 };
  bits.exp(); // frame number bits
  skipOrder(bits);
  bits.exp(); // reference frames
  bits.skip(1); // gaps allowed
  bits.exp(); // width
  bits.exp(); // height
  if (bits.take(1) === 0) bits.skip(1); // frames only, else adaptive fields
  bits.skip(1); // direct 8x8
  if (bits.take(1) === 1) for (let edge = 0; edge < 4; edge++) bits.exp(); // cropping
  const pixelAspect = bits.take(1) === 1 ? readAspect(bits) : undefined;
  return { chromaFormat, bitDepth, ...(pixelAspect ? { pixelAspect } : {}) };
}

function readFormat(bits: Bits): { chromaFormat: number; bitDepth: number } {
  const chromaFormat = bits.exp();
  if (chromaFormat === 3) bits.skip(1); // separate planes
  const bitDepth = bits.exp() + 8;
  bits.exp(); // chroma depth: no decoder of ours takes another than luma's
  bits.skip(1); // lossless
  if (bits.take(1) === 1) skipScaling(bits, chromaFormat === 3 ? 12 : 8);
  return { chromaFormat, bitDepth };
}

function skipScaling(bits: Bits, lists: number): void {
  for (let list = 0; list < lists; list++) {
    if (bits.take(1) === 0) continue;
    let last = 8;
    let next = 8;
    for (let index = 0; index < (list < 6 ? 16 : 64); index++) {
      if (next !== 0) next = (last + bits.signedExp() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

function skipOrder(bits: Bits): void {
  const kind = bits.exp();
  if (kind === 0) bits.exp();
  if (kind !== 1) return;
  bits.skip(1);
  bits.exp();
  bits.exp();
  for (let left = bits.exp(); left > 0; left--) bits.exp();
}

function readAspect(bits: Bits): Rate | undefined {
  if (bits.take(1) === 0) return undefined;
  const shape = bits.take(8);
  const [num = 0, den = 0] = shape === 255 ? [bits.take(16), bits.take(16)] : (shapes[shape] ?? []);
  return num > 0 && den > 0 ? { num, den } : undefined;
}

/** Bits from the highest down. Throws RangeError past the end. `exp` is Exp-Golomb, as H.264 writes most numbers. */
function bitReader(bytes: Uint8Array) {
  let at = 0;
  const take = (count: number): number => {
    let value = 0;
    for (let bit = 0; bit < count; bit++, at++) {
      if (at >> 3 >= bytes.length) throw new RangeError('the parameter set ends too early');
      value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const exp = (): number => {
    let zeros = 0;
    while (take(1) === 0) zeros++;
    return 2 ** zeros - 1 + take(zeros);
  };
  const signedExp = (): number => {
    const value = exp();
    return value % 2 === 1 ? (value + 1) / 2 : -value / 2;
  };
  return { take, exp, signedExp, skip: (count: number) => void take(count) };
}

// 00 00 03 stands for 00 00: the 03 keeps what follows from looking like a start code.
function withoutEmulation(nal: Uint8Array): Uint8Array {
  const kept: number[] = [];
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    kept.push(byte);
  }
  return Uint8Array.from(kept);
}
