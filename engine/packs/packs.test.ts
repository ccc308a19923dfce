import { appendFile, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import { packSummarySchema } from '../contract/generation.ts';
import { packIdSchema } from '../contract/ids.ts';
import { recipeSchema, type ShotRequest } from '../contract/take.ts';
import { findPacks, packOf } from './catalogue.ts';
import { isConfinedPath } from './confined-path.ts';
import { packHash, readPack } from './read-pack.ts';
import { recipeOf } from './recipe.ts';
import { openShelf } from './shelf.ts';
import { packSummary } from './summary.ts';
import { entryOf, type ManifestChange, packFiles, soundManifest, writeFiles, writePack } from './testing/tiny-pack.ts';
import { modelWithWeightsIn } from './testing/weights-in-files.ts';
import { verifyPack } from './verify-pack.ts';

const root = await mkdtemp(join(tmpdir(), 'shotloom-packs-'));
afterAll(() => rm(root, { recursive: true }));

test('a sound pack is read, verified and summed up', async () => {
  const pack = await readPack(await writePack(root));
  await verifyPack(pack.folder, pack.manifest);
  const summary = packSummarySchema.parse(packSummary(pack, true));
  expect(summary).toMatchObject({
    id: 'tiny-pack',
    isBuiltIn: true,
    tasks: ['text'], // `extend` is in the pack, and not yet in this version
    sizes: [
      { widthPx: 512, heightPx: 288 }, // the default comes first
      { widthPx: 288, heightPx: 160 },
    ],
    frameCounts: { min: 9, max: 61, step: 4 },
    defaults: { steps: 8, guidanceScale: 2.5, frameCount: 33 },
    knownWordCount: 7,
    suggestions: { en: ['car', 'red'], zh: ['小汽车', '红色'] },
  });
});

test('whoever waits for a pack to be verified hears of every piece that is read, and of none that was hashed before', async () => {
  const { folder, manifest } = await readPack(await writePack(root));
  const unread = manifest.files.length - 1; // of one piece each; the tokenizer was read with the pack
  let pieces = 0;
  const count = () => pieces++;
  await verifyPack(folder, manifest, count);
  expect(pieces).toBe(unread);
  await verifyPack(folder, manifest, count);
  expect(pieces).toBe(unread);
});

test('a file that was changed, cut short, taken away or replaced by a link is found out by name', async () => {
  const outside = await mkdtemp(join(root, 'outside-'));
  await writeFiles(outside, packFiles);
  const faults: Record<string, (path: string) => Promise<void>> = {
    'has the SHA-256': (path) => writeFile(path, 'wEIGHTS of the transformer'),
    'has 27 bytes instead of 26': (path) => appendFile(path, '!'),
    'is missing': (path) => rm(path),
    'is a link': async (path) => {
      await rm(path);
      await symlink(join(outside, 'transformer.onnx.data'), path);
    },
  };
  for (const [reason, spoil] of Object.entries(faults)) {
    const folder = await writePack(root);
    await spoil(join(folder, 'transformer.onnx.data'));
    expect(await failureOf(verified(folder)), reason).toMatchObject({
      code: 'pack-damaged',
      packId: 'tiny-pack',
      file: 'transformer.onnx.data',
      reason: expect.stringContaining(reason),
    });
  }
});

test('a file that is changed after it was verified is found out the next time', async () => {
  const folder = await writePack(root);
  await verified(folder);
  const path = join(folder, 'vae.data');
  await writeFile(path, 'weights of the vae');
  await utimes(path, new Date(), new Date(Date.now() + 5000));
  expect(await failureOf(verified(folder))).toMatchObject({ code: 'pack-damaged', file: 'vae.data' });
});

test('a graph may only take weights from files of the pack that are listed', async () => {
  for (const location of ['../secret.data', '/etc/passwd', 'unlisted.data']) {
    const graph = modelWithWeightsIn(location);
    const files = soundManifest.files.map((file) =>
      file.path === 'transformer.onnx' ? entryOf(file.path, graph) : file,
    );
    const folder = await writePack(root, { files });
    await writeFiles(folder, { 'transformer.onnx': graph, 'unlisted.data': 'weights' });
    expect(await failureOf(verified(folder))).toMatchObject({
      code: 'pack-damaged',
      file: 'transformer.onnx',
      reason: `takes weights from ${location}, which the manifest does not list`,
    });
  }
});

test('paths of a manifest stay inside its folder, on every system', () => {
  for (const path of ['a.onnx', 'vae/decoder.onnx', '模型.onnx']) expect(isConfinedPath(path), path).toBe(true);
  const outside = [
    '',
    '/a',
    '../a',
    'a/../b',
    './a',
    'a//b',
    'a\\b',
    'C:a',
    'a/',
    'a.',
    'a ',
    'nul\0',
    'x'.repeat(201),
  ];
  for (const path of outside) expect(isConfinedPath(path), path).toBe(false);
});

const contradictions: readonly (readonly [string, ManifestChange])[] = [
  ['files.0.path', { files: [entryOf('../weights', '')] }],
  [
    'the tokenizer is not among the files',
    { files: soundManifest.files.filter(({ path }) => path !== 'tokenizer.json') },
  ],
  ['mean and std', { latent: { ...soundManifest.latent, mean: [0] } }],
  ['latent.std.0', { latent: { ...soundManifest.latent, std: [0, 1] } }],
  ['a size is not in steps', { sizes: [...soundManifest.sizes, { width: 300, height: 160 }] }],
  ['a frame count breaks', { frames: { min: 9, max: 60 } }],
  ['the default length', { defaults: { ...soundManifest.defaults, frames: 65 } }],
  ['the default size', { defaults: { ...soundManifest.defaults, width: 640 } }],
  ['the rope turns', { rope: { ...soundManifest.rope, timePairs: 7 } }],
  ['a loom pack fills every prompt', { text: { ...soundManifest.text, padTo: 64 } }],
  ['padTo is shorter than maxLength', { text: { ...soundManifest.text, padTo: 16 } }],
  ['a loom pack has no text mask', { text: { ...soundManifest.text, maskMode: 'bias' } }],
  ['a loom pack steers away from no words', { defaults: { ...soundManifest.defaults, negative: 'blurred' } }],
  ['scheduler.kind', { scheduler: { kind: 'ddim', shift: 3 } }],
  ['format', { format: 'shotloom-pack/2' }],
];

test.each(contradictions)('a manifest that is wrong about %s is refused', async (reason, change) => {
  expect(await failureOf(readPack(await writePack(root, change)))).toMatchObject({
    code: 'pack-damaged',
    file: 'pack.json',
    reason: expect.stringContaining(reason),
  });
});

test('a pack of a family this version does not run is whole, and told as what it is', async () => {
  const unsupported = { code: 'pack-unsupported', packId: 'tiny-pack', family: 'wan' };
  const folder = await writePack(root, { family: 'wan' });
  expect(await failureOf(readPack(folder))).toEqual(unsupported);
  const shelf = openShelf(
    () => ({ builtInFolder: '/nowhere', userFolders: [folder] }),
    () => undefined,
  );
  const { id } = soundManifest;
  expect(await shelf.readPrompt(packIdSchema.parse(id), 'red')).toEqual({ kind: 'failed', failure: unsupported });
});

test('the hash of a pack is that of its files, whatever their order', async () => {
  const { files } = soundManifest;
  const hashOf = async (change: ManifestChange) => packHash(await readPack(await writePack(root, change)));
  expect(await hashOf({ files: files.toReversed() })).toBe(await hashOf({ level: { en: 'Other words.', zh: '' } }));
  const other = files.map((file) => (file.path === 'vae.data' ? entryOf(file.path, 'other weights') : file));
  expect(await hashOf({ files: other })).not.toBe(await hashOf({}));
});

test('the catalogue holds what can be used and says why the rest cannot', async () => {
  const builtInFolder = await mkdtemp(join(root, 'models-'));
  const pack = (id: string) => JSON.stringify({ ...soundManifest, id });
  for (const id of ['loom-a', 'loom-b'])
    await writeFiles(join(builtInFolder, id), { ...packFiles, 'pack.json': pack(id) });
  await writeFiles(join(builtInFolder, 'broken'), { 'pack.json': '{' });
  const [mine, again] = [await writePack(root, { id: 'mine' }), await writePack(root, { id: 'loom-a' })];
  const catalogue = await findPacks({ builtInFolder, userFolders: [mine, again, '/nowhere'] });
  expect(catalogue.packs.map(({ pack: { manifest }, isBuiltIn }) => [manifest.id, isBuiltIn])).toEqual([
    ['loom-a', true],
    ['loom-b', true],
    ['mine', false],
  ]);
  expect(catalogue.refused.map(({ failure }) => 'reason' in failure && failure.reason)).toEqual([
    'is not JSON',
    'another pack has this id',
    expect.stringContaining('ENOENT'),
  ]);
  expect(packOf(catalogue, packIdSchema.parse('mine')).pack.folder).toBe(mine);
  expect(() => packOf(catalogue, packIdSchema.parse('other'))).toThrow(/pack-missing/);
});

test('a machine without the built-in folder has the packs that were brought', async () => {
  const { packs } = await findPacks({ builtInFolder: '/nowhere', userFolders: [await writePack(root)] });
  expect(packs).toHaveLength(1);
});

test('the shelf reads prompts and estimates shots of the packs it has, and says so where it has none', async () => {
  const folder = await writePack(root);
  const costs = { loadSeconds: 1, secondsPerKiloToken: 1, secondsPerMegapixel: 1, bytesPerToken: 1, fileShare: 0.5 };
  const shelf = openShelf(
    () => ({ builtInFolder: '/nowhere', userFolders: [folder] }),
    () => costs,
  );
  const { id, name } = (await readPack(folder)).manifest;
  expect((await shelf.summaries()).map((summary) => summary.name)).toEqual([name]);
  expect(await shelf.readPrompt(id, 'a red 飞机')).toMatchObject({
    kind: 'done',
    value: { words: [{ mark: 'filler' }, { mark: 'known' }, { start: 6, end: 8, mark: 'ignored' }] },
  });
  expect(await shelf.estimate({ ...shot, packId: id })).toMatchObject({
    kind: 'done',
    value: { seconds: expect.any(Number) },
  });
  const packId = packIdSchema.parse('other');
  const missing = { kind: 'failed', failure: { code: 'pack-missing', packId } };
  expect(await shelf.readPrompt(packId, 'red')).toEqual(missing);
  expect(await shelf.estimate({ ...shot, packId })).toEqual(missing);
  const impossible = await shelf.estimate({ ...shot, packId: id, widthPx: 290 });
  expect(impossible).toMatchObject({ kind: 'failed', failure: { code: 'bad-request' } });
});

test('a recipe holds the request, the pack and what was made of the words', async () => {
  const pack = await readPack(await writePack(root));
  const request = { ...shot, packId: pack.manifest.id };
  const reading = pack.readPrompt(request.prompt);
  const recipe = recipeOf(pack, request, { reading, provider: 'cpu', totalSeconds: 3 }, '0.1.0');
  expect(recipeSchema.parse(recipe)).toEqual(recipe);
  expect(recipe).toMatchObject({
    understood: ['a', 'red', 'car'],
    ignored: ['zeppelin'],
    packVersion: '1.2.0',
    seed: 7,
  });
});

const shot: Omit<ShotRequest, 'packId'> = {
  task: 'text',
  prompt: 'a red zeppelin car',
  frameCount: 17,
  widthPx: 288,
  heightPx: 160,
  seed: 7,
  steps: 8,
  guidanceScale: 2.5,
};

async function verified(folder: string): Promise<void> {
  const { manifest } = await readPack(folder);
  await verifyPack(folder, manifest);
}

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FailureError)) throw new Error('it did not fail as a value', { cause: error });
  return error.failure;
}
