import type { CodedChunk, FloatTensor, VaeChunk } from './loom-graphs.ts';

/** What a VAE keeps of a chunk for the next one: channels, and pixels to a cell, of each cache in the graph's order. */
export interface CacheRule {
  readonly channels: number;
  readonly scale: number;
}

type Code = (chunk: VaeChunk) => Promise<CodedChunk>;

export interface VaeStream {
  readonly code: Code;
  readonly caches: readonly CacheRule[];
  readonly widthPx: number;
  readonly heightPx: number;
  /** Latent frames to a chunk; the last chunk may be shorter. The result does not depend on it, the memory does. */
  readonly chunkLatents: number;
}

/**
 * Decodes raw latents [channels, latentFrames, h, w] chunk by chunk: yields pixels [1, 3, frames, H, W] in order,
 * 1 + (latentFrames − 1) · temporal of them together. The first frame was repeated in front of the clip before it
 * was encoded, so that every latent frame holds `temporal` frames; those repeats are dropped here.
 */
export async function* decodeStream(
  stream: VaeStream,
  latents: FloatTensor,
  temporal: number,
): AsyncGenerator<FloatTensor> {
  for await (const { values, isFirst } of codeChunks(stream, latents, stream.chunkLatents)) {
    yield isFirst ? framesFrom(values, temporal - 1) : values;
  }
}

/**
 * Encodes pixels [3, frames, H, W] in [−1, 1], a legal count of them, to raw latents [channels, latentFrames, h, w].
 */
export async function encodeClip(stream: VaeStream, pixels: FloatTensor, temporal: number): Promise<FloatTensor> {
  const chunks: FloatTensor[] = [];
  const padded = withFirstFrameRepeated(pixels, temporal - 1);
  for await (const { values } of codeChunks(stream, padded, stream.chunkLatents * temporal)) chunks.push(values);
  return joinFrames(chunks);
}

async function* codeChunks(
  { code, caches: rules, widthPx, heightPx }: VaeStream,
  clip: FloatTensor,
  chunkFrames: number,
) {
  let caches: readonly FloatTensor[] = rules.map(({ channels, scale }) =>
    zeros([1, channels, 2, heightPx / scale, widthPx / scale]),
  );
  const frameCount = clip.shape[1] ?? 0;
  for (let from = 0; from < frameCount; from += chunkFrames) {
    const values = sliceFrames(clip, from, Math.min(from + chunkFrames, frameCount));
    const coded = await code({ values, isFirst: from === 0, caches });
    caches = coded.caches;
    yield { values: coded.values, isFirst: from === 0 };
  }
}

/** All-zero numbers of a shape. */
export function zeros(shape: readonly number[]): FloatTensor {
  return { data: new Float32Array(shape.reduce((size, axis) => size * axis, 1)), shape };
}

// Frames `from` … `to − 1` of [channels, frames, height, width], as a batch of one.
function sliceFrames({ data, shape }: FloatTensor, from: number, to: number): FloatTensor {
  const [channels = 0, frames = 0, height = 0, width = 0] = shape;
  const cells = height * width;
  const slice = new Float32Array(channels * (to - from) * cells);
  for (let channel = 0; channel < channels; channel++) {
    const start = channel * frames * cells;
    slice.set(data.subarray(start + from * cells, start + to * cells), channel * (to - from) * cells);
  }
  return { data: slice, shape: [1, channels, to - from, height, width] };
}

function framesFrom(chunk: FloatTensor, from: number): FloatTensor {
  const [, channels = 0, frames = 0, height = 0, width = 0] = chunk.shape;
  return sliceFrames({ data: chunk.data, shape: [channels, frames, height, width] }, from, frames);
}

// Chunks [1, channels, frames, height, width] end to end, as [channels, all frames, height, width].
function joinFrames(chunks: readonly FloatTensor[]): FloatTensor {
  const [, channels = 0, , height = 0, width = 0] = chunks[0]?.shape ?? [];
  const cells = height * width;
  const frameCount = chunks.reduce((count, { shape }) => count + (shape[2] ?? 0), 0);
  const joined = zeros([channels, frameCount, height, width]);
  let at = 0;
  for (const { data, shape } of chunks) {
    const frames = shape[2] ?? 0;
    for (let channel = 0; channel < channels; channel++) {
      const own = data.subarray(channel * frames * cells, (channel + 1) * frames * cells);
      joined.data.set(own, (channel * frameCount + at) * cells);
    }
    at += frames;
  }
  return joined;
}

// [channels, frames, …] with `times` more copies of the first frame in front.
function withFirstFrameRepeated({ data, shape }: FloatTensor, times: number): FloatTensor {
  const [channels = 0, frames = 0, height = 0, width = 0] = shape;
  const first = sliceFrames({ data, shape }, 0, 1);
  return joinFrames([...Array<FloatTensor>(times).fill(first), { data, shape: [1, channels, frames, height, width] }]);
}
