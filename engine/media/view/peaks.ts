import {
  bucketBytes,
  bucketsPerCoarser,
  type Peaks,
  peaksPerSecond,
  peaksSampleRateHz,
} from '../../contract/peaks-file.ts';

const samplesPerBucket = peaksSampleRateHz / peaksPerSecond;

/**
 * Takes in stereo samples of 16 bits, interleaved, in pieces of any number of samples, and tells how loud they were.
 * The layout of the file that comes of it is written in engine/contract/peaks-file.ts.
 */
export function peaksOf(): { add(samples: Int16Array): void; finish(): Peaks } {
  const buckets = growing();
  const bucket = Int16Array.from(nothingHeard);
  let inBucket = 0;
  let sampleCount = 0;

  const close = () => {
    buckets.push(bucket.map(toByte));
    bucket.set(nothingHeard);
    inBucket = 0;
  };
  return {
    add: (samples) => {
      const count = samples.length >> 1;
      for (let at = 0; at < count; ) {
        const upTo = Math.min(count, at + samplesPerBucket - inBucket);
        widen(bucket, samples, at, upTo);
        inBucket += upTo - at;
        at = upTo;
        if (inBucket === samplesPerBucket) close();
      }
      sampleCount += count;
    },
    finish: () => {
      if (inBucket > 0) close();
      return { samplesPerBucket, sampleCount, levels: withCoarser(buckets.bytes()) };
    },
  };
}

const nothingHeard = [32767, -32768, 32767, -32768] as const;

// An hour has 173 million of these pairs: nothing but numbers of its own in the loop, no closure, no call.
function widen(bucket: Int16Array, samples: Int16Array, from: number, upTo: number): void {
  let [lowLeft = 0, highLeft = 0, lowRight = 0, highRight = 0] = bucket;
  for (let at = from * 2; at < upTo * 2; at += 2) {
    const left = samples[at] as number; // within the array: `upTo` is
    const right = samples[at + 1] as number;
    if (left < lowLeft) lowLeft = left;
    if (left > highLeft) highLeft = left;
    if (right < lowRight) lowRight = right;
    if (right > highRight) highRight = right;
  }
  bucket[0] = lowLeft;
  bucket[1] = highLeft;
  bucket[2] = lowRight;
  bucket[3] = highRight;
}

// To the nearest of 255 steps, so that noise of a few steps in 65,536 is the silence it sounds like.
function toByte(sample: number): number {
  return Math.max(-128, Math.min(127, Math.round(sample / 256)));
}

function withCoarser(finest: Int8Array): Int8Array[] {
  const levels = [finest];
  for (let level = finest; level.length > bucketBytes; ) {
    const coarser = new Int8Array(Math.ceil(level.length / bucketBytes / bucketsPerCoarser) * bucketBytes);
    for (let at = 0; at < coarser.length; at += bucketBytes) {
      const from = at * bucketsPerCoarser;
      coarser.set(merged(level.subarray(from, from + bucketBytes * bucketsPerCoarser)), at);
    }
    levels.push(coarser);
    level = coarser;
  }
  return levels;
}

function merged(buckets: Int8Array): number[] {
  const all = [127, -128, 127, -128];
  for (const [at, value] of buckets.entries()) {
    const side = at % bucketBytes;
    const known = all[side] ?? 0;
    all[side] = side % 2 === 0 ? Math.min(known, value) : Math.max(known, value);
  }
  return all;
}

/** A list of bytes of unknown length: an array of numbers would take eight times the memory. */
function growing(): { push(values: ArrayLike<number>): void; bytes(): Int8Array } {
  let bytes = new Int8Array(64 * 1024);
  let length = 0;
  return {
    push: (values) => {
      if (length + values.length > bytes.length) {
        const larger = new Int8Array(bytes.length * 2);
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(values, length);
      length += values.length;
    },
    bytes: () => bytes.slice(0, length),
  };
}
