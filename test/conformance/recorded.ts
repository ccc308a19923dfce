import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FloatTensor } from '../../engine/generate/loom-graphs.ts';

// What PyTorch computed with a pack's own weights, written down by build/train beside the export of the pack.

const root = join(import.meta.dirname, '../..');

/** The packs that have recordings: a tiny one with random weights, and the one that ships. */
export const recordedPacks = [
  {
    name: 'tiny-loom',
    folder: join(root, 'test/fixtures/packs/tiny-loom'),
    recordings: join(root, 'test/fixtures/packs/tiny-loom/golden'),
  },
  {
    name: 'loom-mini',
    folder: join(root, 'resources/models/loom-mini'),
    recordings: join(root, 'test/conformance/loom-mini'),
  },
].filter(({ name, folder }) => {
  const isThere = existsSync(join(folder, 'pack.json'));
  if (!isThere) console.warn(`${name} is left out: there is no pack in ${folder}`);
  return isThere;
});

const indexSchema = z.object({
  about: z.object({
    width: z.number(),
    height: z.number(),
    frames: z.number(),
    steps: z.number(),
    prefixSigma: z.number(),
    prefixFrames: z.number(),
    shift: z.number(),
    scale: z.number(),
    aboveSigma: z.number(),
  }),
  tensors: z.record(
    z.string(),
    z.object({ file: z.string(), dtype: z.enum(['float32', 'int64']), shape: z.array(z.number()) }),
  ),
});

/** The recordings of a pack: how they were made, and their tensors by name. */
export function openRecordings(folder: string) {
  const { about, tensors } = indexSchema.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')));
  const bytesOf = (name: string) => {
    const entry = tensors[name];
    if (!entry) throw new Error(`no tensor ${name} was recorded`);
    // A copy, because a small file is read into a shared buffer at any offset.
    return { bytes: new Uint8Array(readFileSync(join(folder, entry.file))).buffer, shape: entry.shape };
  };
  return {
    about,
    floats: (name: string): FloatTensor => {
      const { bytes, shape } = bytesOf(name);
      return { data: new Float32Array(bytes), shape };
    },
    integers: (name: string) => {
      const { bytes, shape } = bytesOf(name);
      return { data: new BigInt64Array(bytes), shape };
    },
    tokenizer: (): unknown => JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')),
  };
}

/** The largest difference between two rows of numbers; Infinity where they differ in length or one is no number. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}
