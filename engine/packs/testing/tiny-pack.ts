import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoomManifest } from '../loom-manifest.ts';
import { modelWithWeightsIn } from './weights-in-files.ts';

// A pack folder for tests of manifests and files; its graphs are real protobuf and compute nothing.

export type ManifestChange = Partial<Record<keyof LoomManifest, unknown>>;

/** Writes a sound pack, changed as a test wants it, to a new folder inside `parent`; answers the folder. */
export async function writePack(parent: string, change: ManifestChange = {}): Promise<string> {
  const folder = await mkdtemp(join(parent, 'pack-'));
  await writeFiles(folder, { ...packFiles, 'pack.json': JSON.stringify({ ...soundManifest, ...change }) });
  return folder;
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** The entry of a file in a manifest. */
export function entryOf(path: string, content: string | Uint8Array) {
  const bytes = Buffer.from(content);
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

export const packFiles: Readonly<Record<string, string | Uint8Array>> = {
  'text-encoder.onnx': modelWithWeightsIn('text-encoder.onnx.data'),
  'text-encoder.onnx.data': 'weights of the text encoder',
  'transformer.onnx': modelWithWeightsIn('transformer.onnx.data'),
  'transformer.onnx.data': 'weights of the transformer',
  'vae-encoder.onnx': modelWithWeightsIn('vae.data'),
  'vae-decoder.onnx': modelWithWeightsIn('vae.data'),
  'vae.data': 'weights of the VAE',
  'tokenizer.json': JSON.stringify({
    format: 'shotloom-tokenizer/1',
    maxLength: 32,
    pad: 0,
    null: 1,
    latin: { red: 2, car: 3, a: 4 },
    han: { 红色: 5, 小汽车: 6 },
    synonyms: { crimson: 'red', 轿车: '小汽车' },
    fields: {
      subject: { car: { en: ['car'], zh: ['小汽车', '汽车'] } },
      colour: { red: { en: ['red'], zh: ['红色'] } },
    },
  }),
};

const component = (graph: string) => ({
  graph,
  dtype: 'float16',
  opset: 17,
  inputs: { latents: ['batch', 24, 'T', 'h', 'w'] },
  outputs: { velocity: ['batch', 24, 'T', 'h', 'w'] },
  providers: ['cpu'],
});

export const soundManifest = {
  format: 'shotloom-pack/1',
  id: 'tiny-pack',
  version: '1.2.0',
  name: 'Tiny Pack',
  family: 'loom',
  license: { id: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0', mustAccept: false },
  components: {
    textEncoder: component('text-encoder.onnx'),
    transformer: component('transformer.onnx'),
    vaeEncoder: component('vae-encoder.onnx'),
    vaeDecoder: component('vae-decoder.onnx'),
  },
  files: Object.entries(packFiles).map(([path, content]) => entryOf(path, content)),
  latent: {
    channels: 2,
    spatial: 8,
    temporal: 4,
    framesRule: '4k+1',
    sizeMultiple: 32,
    mean: [0, 0],
    std: [1, 1],
  },
  text: { tokenizer: 'tokenizer.json', maxLength: 32 },
  rope: {
    kind: 'loom',
    headDim: 64,
    timePairs: 8,
    spacePairs: 12,
    unitTokens: 45,
    spaceTop: 2.0944,
    spaceFalloff: 12,
    timeTop: 1.5708,
    timeFalloff: 16,
  },
  scheduler: { kind: 'flow-match-euler', shift: 3 },
  guidance: { scale: 2.5, aboveSigma: 0.6 },
  conditioning: { layout: 'loom' },
  vae: { decode: 'stream', encoderCaches: [{ channels: 4, scale: 8 }], decoderCaches: [{ channels: 4, scale: 16 }] },
  sizes: [
    { width: 288, height: 160 },
    { width: 512, height: 288 },
  ],
  frames: { min: 9, max: 61 },
  rate: { num: 12, den: 1 },
  defaults: { steps: 8, frames: 33, width: 512, height: 288 },
  tasks: ['text', 'extend'],
  level: { en: 'Simple shapes that move.', zh: '会动的简单图形。' },
  metrics: {},
  provenance: {},
} as const;
