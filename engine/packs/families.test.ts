import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packSummarySchema } from '../contract/generation.ts';
import { packIdSchema } from '../contract/ids.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { PackReader } from './families.ts';
import { packSchema } from './manifest.ts';
import { parsePackJson } from './pack-json.ts';
import { openShelf } from './shelf.ts';
import { soundManifest, writePack } from './testing/tiny-pack.ts';

const root = await mkdtemp(join(tmpdir(), 'shotloom-families-'));
afterAll(() => rm(root, { recursive: true }));

test('a pack of another family is listed, read to and estimated by what its own file says', async () => {
  const folder = await writePack(root, videoPack);
  const places = { builtInFolder: '/nowhere', userFolders: [folder], families: { ltx: readVideoPack } };
  const costs = { loadSeconds: 1, secondsPerKiloToken: 1, secondsPerMegapixel: 1, bytesPerToken: 1, fileShare: 0.5 };
  const shelf = openShelf(
    () => places,
    () => costs,
  );

  const [summary] = (await shelf.summaries()).map((each) => packSummarySchema.parse(each));
  expect(summary).toMatchObject({
    sizes: [{ widthPx: 704, heightPx: 512 }],
    frameCounts: { min: 9, max: 161, step: 8 },
    suggestions: { en: [], zh: [] },
  });
  expect(summary).not.toHaveProperty('knownWordCount'); // it reads whatever is written

  const packId = packIdSchema.parse(soundManifest.id);
  expect(await shelf.readPrompt(packId, 'fog at dawn')).toMatchObject({
    kind: 'done',
    value: { words: [{ start: 0, end: 11, mark: 'known' }], maxTokenCount: 128 },
  });
  // One evaluation of 10,000 tokens and the 22 megapixels of 61 frames, at a second a thousand and a second each.
  expect(await shelf.estimate({ ...shot, packId })).toMatchObject({ value: { seconds: expect.closeTo(33, 0) } });
});

// As LTX-Video says of itself: 8k + 1 frames, cells of 32 pixels, a T5 tokenizer, a mask as a bias, a negative prompt.
const videoPack = {
  family: 'ltx',
  components: { transformer: soundManifest.components.transformer },
  latent: {
    channels: 2,
    spatial: 32,
    temporal: 8,
    framesRule: '8k+1',
    sizeMultiple: 32,
    mean: [0, 0],
    std: [1, 1],
  },
  text: { tokenizer: 'tokenizer.json', maxLength: 128, padTo: 256, maskMode: 'bias' },
  rope: { kind: 'ltx' },
  scheduler: { kind: 'flow-match-euler', sigmas: [1, 0.725] },
  conditioning: { layout: 'token-timestep' },
  vae: { decode: 'tiles', tile: { sample: 512, stride: 448 }, decodeTimestep: 0.05 },
  sizes: [{ width: 704, height: 512 }],
  frames: { min: 9, max: 161 },
  defaults: { steps: 7, frames: 121, width: 704, height: 512, negative: 'worst quality, blurred' },
};

/** A family as a file of its own would read it, with a manifest that says more than every pack does. */
const readVideoPack: PackReader = async (folder, packId, json) => {
  const manifest = parsePackJson(packId, 'pack.json', packSchema, json);
  expect(manifest).toMatchObject({ text: videoPack.text, defaults: videoPack.defaults });
  return {
    family: 'ltx',
    folder,
    manifest,
    serves: ['text'],
    readPrompt: (prompt) => ({
      words: [{ start: 0, end: prompt.length, mark: 'known' }],
      tokenCount: prompt.length,
      maxTokenCount: manifest.text.maxLength,
    }),
    shotWork: ({ widthPx, heightPx, frameCount }) => ({
      evaluations: 1,
      tokenWork: 10_000,
      megapixels: (widthPx * heightPx * frameCount) / 1e6,
    }),
  };
};

const shot: Omit<ShotRequest, 'packId'> = {
  task: 'text',
  prompt: 'fog at dawn',
  frameCount: 61,
  widthPx: 704,
  heightPx: 512,
  seed: 7,
  steps: 7,
  guidanceScale: 1,
};
