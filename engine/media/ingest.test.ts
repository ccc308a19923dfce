import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import { readFrameTable } from '../contract/frame-table-file.ts';
import type { MediaId } from '../contract/ids.ts';
import { takeViewSchema } from '../contract/library.ts';
import { readPeaks } from '../contract/peaks-file.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { cacheKeyOf } from './cache-files.ts';
import { openFrameWriter } from './frame-writer.ts';
import { locateTake, type PrepareOptions, prepareTake, probeFile } from './ingest.ts';
import { ffmpegPath, fixture, makeSample, sampleFolder, words } from './sample-media.ts';
import { preparedFiles, readTakeTable, type TakeFiles, viewOf } from './take-files.ts';

const folder = sampleFolder();
afterAll(folder.dispose);
const takeId = 'take-1' as TakeId;
const cacheFolder = join(folder.path, 'cache');
const noFfmpeg = join(folder.path, 'no-ffmpeg');

const film = [...words('-f lavfi -i testsrc2=s=160x90:r=25 -f lavfi -i sine=440:r=48000 -t 2')];
const shortGroups = words('-c:v libx264 -preset ultrafast -g 12 -c:a aac');

test('a film becomes a take that says where it lies and what it holds, under its own name', async () => {
  const path = makeSample(folder.path, 'Ferien 漢字 100%d.mp4', [...film, ...shortGroups]);
  const record = await recordOf(path);
  expect(record.facts).toEqual({
    ...{ id: takeId, name: 'Ferien 漢字 100%d.mp4', origin: 'imported' },
    picture: { kind: 'moving', rate: { num: 25, den: 1 }, frameCount: 50, widthPx: 160, heightPx: 90 },
    sound: { sampleRateHz: 48_000, sampleCount: 96_000 },
  });
  expect(record.origin).toMatchObject({ kind: 'imported', file: { relativePath: 'Ferien 漢字 100%d.mp4' } });
  expect(await probeFile(join(folder.path, 'none.mp4'), { takeId, projectFolder: folder.path, ffmpegPath })).toEqual({
    kind: 'failed',
    failure: { code: 'media-unreadable', path: join(folder.path, 'none.mp4'), reason: 'there is no such file' },
  });
});

test('a film is prepared part by part, and costs no ffmpeg when it is opened again', async () => {
  const record = await recordOf(makeSample(folder.path, 'film.mp4', [...film, ...shortGroups]));
  const { files, parts, activities } = await prepared(record);
  expect(parts.map(partsOf)).toEqual(['', 'picture', 'picture poster strip', 'peaks picture poster sound strip']);
  expect([...new Set(activities)]).toEqual(['indexing', 'drawing-filmstrip', 'drawing-waveform']);
  expect(files.picture).toMatchObject({ kind: 'original', path: pathOf(record), mime: 'video/mp4' });

  const again = await prepared(record, { ffmpegPath: noFfmpeg });
  expect(again.files).toEqual(files);
  expect(again.activities).toEqual([]);

  expect(readPeaks(readFileSync(files.peaks ?? ''))?.sampleCount).toBe(96_000);
  const table = await readTakeTable(record, cacheFolder);
  expect(table).toMatchObject({ timing: 'constant', frameCount: 50, reach: 'frame' });
  if (files.picture?.kind !== 'original') throw new Error('no original');
  expect(readFrameTable(readFileSync(files.picture.frameTable))).toEqual(table);
});

test('the window gets ids for files, and nothing else', async () => {
  const record = await recordOf(makeSample(folder.path, 'granted.mp4', [...film, ...shortGroups]));
  const { files } = await prepared(record);
  const granted = new Map<string, string>();
  const view = viewOf(files, (path, mime) => {
    granted.set(`media-${granted.size}`, `${path.split('/').at(-1)} ${mime}`);
    return `media-${granted.size - 1}` as MediaId;
  });
  expect(takeViewSchema.parse(view)).toEqual(view);
  expect(JSON.stringify(view)).not.toContain(folder.path);
  expect([...granted.values()].sort()).toEqual([
    'frames.table application/octet-stream',
    'granted.mp4 video/mp4',
    'peaks.bin application/octet-stream',
    'poster.jpg image/jpeg',
    'sound.wav audio/wav',
    'strip.jpg image/jpeg',
  ]);
});

test('a film with a key frame every eight seconds is shown at once and gets a proxy, and then a full strip', async () => {
  const record = await recordOf(fixture('burnin_mmssff_30s.mp4'));
  const { files, parts } = await prepared(record);
  expect(parts.map(({ picture }) => picture?.kind)).toEqual([undefined, 'original', 'original', 'proxy', 'proxy']);
  expect(files.picture).toMatchObject({ kind: 'proxy', widthPx: 320, heightPx: 240 });
  expect(files.strip?.tileCount).toBe(60);
});

test('a film the window cannot show is shown from its proxy only', async () => {
  const { files, parts } = await prepared(await recordOf(fixture('h265_bframes.mp4')));
  expect(parts.map(({ picture }) => picture?.kind)).toEqual([undefined, undefined, undefined, 'proxy', 'proxy']);
  expect(partsOf(files)).toBe('picture poster strip');
});

test('stills and sounds are prepared as what they are', async () => {
  const still = await prepared(
    await recordOf(makeSample(folder.path, 'title.png', words('-f lavfi -i testsrc2=s=64x48 -frames:v 1'))),
  );
  expect([partsOf(still.files), still.files.picture?.kind]).toEqual(['picture poster strip', 'still']);
  const sound = await prepared(await recordOf(makeSample(folder.path, 'voice.mp3', [...film, '-vn'])));
  expect(partsOf(sound.files)).toBe('peaks sound');
});

test('a take whose file is gone is shown from what was prepared; what was not says what is missing', async () => {
  const path = makeSample(folder.path, 'lost.mp4', [...film, ...shortGroups]);
  const record = await recordOf(path);
  const folders = { project: folder.path, take: join(folder.path, 'takes', takeId) };
  expect(await locateTake(record, folders)).toBe(path);
  await prepared(record);
  rmSync(path);
  expect(await locateTake(record, folders)).toBeUndefined();
  const { files } = await prepared(record, { path: undefined, ffmpegPath: noFfmpeg });
  expect(partsOf(files)).toBe('peaks poster sound strip');
  const elsewhere = prepared(record, { path: undefined, cacheFolder: join(folder.path, 'empty-cache') });
  const error: unknown = await elsewhere.catch((thrown: unknown) => thrown);
  expect(error instanceof FailureError && error.failure).toEqual({ code: 'media-missing', path, takeId });
});

test('the same content is prepared once, wherever and however often it lies', async () => {
  const path = makeSample(folder.path, 'one.mp4', [...film, ...shortGroups]);
  const copy = join(folder.path, 'two.mp4');
  copyFileSync(path, copy);
  utimesSync(copy, new Date(0), new Date(0));
  const [first, second] = [await recordOf(path), await recordOf(copy)];
  expect(cacheKeyOf(second)).toBe(cacheKeyOf(first));
  const both = await Promise.all([prepared(first), prepared(second)]); // two imports at one time do not disturb each other
  expect(both.map(({ files }) => partsOf(files))).toEqual(Array(2).fill('peaks picture poster sound strip'));
  expect((await prepared(second, { ffmpegPath: noFfmpeg })).activities).toEqual([]);
  expect(leftovers()).toEqual([]);
});

test('cancelling keeps what is finished and leaves no half file', async () => {
  const record = await recordOf(makeSample(folder.path, 'long.mkv', [...film, ...words('-c:v ffv1 -c:a flac')]));
  const cancel = new AbortController();
  const making = prepared(record, {
    signal: cancel.signal,
    onActivity: ({ kind }) => kind === 'making-proxy' && cancel.abort(new Error('not now')),
  });
  await expect(making).rejects.toThrow('not now');
  const files = await preparedFiles(record, { path: pathOf(record), cacheFolder });
  expect(partsOf(files)).toBe('peaks poster sound strip');
  expect(leftovers()).toEqual([]);
});

test('a damaged cache is made again', async () => {
  const record = await recordOf(makeSample(folder.path, 'worn.mp4', [...film, ...shortGroups]));
  const { files } = await prepared(record);
  const place = join(cacheFolder, cacheKeyOf(record));
  renameSync(join(place, 'poster.jpg'), join(place, 'frames.table'));
  const { activities } = await prepared(record);
  expect([...new Set(activities)]).toEqual(['indexing', 'drawing-filmstrip']);
  expect((await prepared(record)).files).toEqual(files);
});

test('a generated take is prepared from its frames, and keeps the proxy that was made with them', async () => {
  const take = join(folder.path, 'takes', takeId);
  const size = { widthPx: 64, heightPx: 32 };
  const shot = { ...size, ffmpegPath, cacheFolder, frameCount: 9, rate: { num: 12, den: 1 } };
  const writer = await openFrameWriter({ ...shot, masterPath: join(take, 'frames.mkv') });
  for (let n = 0; n < 9; n++) await writer.write(new Uint8Array(64 * 32 * 3).fill(n * 20));
  const { sha256, media, proxyPath } = await writer.finish();
  const record = generatedRecord(sha256, media);
  const path = await locateTake(record, { project: folder.path, take });
  expect(path).toBe(join(take, 'frames.mkv'));
  const madeAt = statSync(proxyPath).mtimeMs;
  const { files, activities } = await prepared(record, { path });
  expect(files.picture).toEqual({ kind: 'proxy', path: proxyPath, ...size });
  expect(statSync(proxyPath).mtimeMs).toBe(madeAt);
  expect([...new Set(activities)]).toEqual(['indexing', 'drawing-filmstrip']);
  expect(files.strip?.tileFrames).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

async function recordOf(path: string): Promise<TakeRecord> {
  const outcome = await probeFile(path, { takeId, projectFolder: folder.path, ffmpegPath });
  if (outcome.kind === 'failed') throw new FailureError(outcome.failure);
  return outcome.value;
}

async function prepared(record: TakeRecord, change: Partial<PrepareOptions> = {}) {
  const parts: TakeFiles[] = [];
  const activities: string[] = [];
  const shares: number[] = [];
  const files = await prepareTake(record, {
    ...{ path: pathOf(record), cacheFolder, ffmpegPath, onFiles: (part) => parts.push(part) },
    ...change,
    onActivity: (activity, done) => {
      activities.push(activity.kind);
      shares.push(done);
      change.onActivity?.(activity, done);
    },
  });
  expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
  return { files, parts, activities };
}

function pathOf({ origin }: TakeRecord): string {
  return origin.kind === 'imported' ? origin.file.absolutePath : origin.file;
}

function partsOf(files: TakeFiles): string {
  return Object.keys(files).sort().join(' ');
}

function leftovers(): string[] {
  return readdirSync(cacheFolder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pending'));
}

function generatedRecord(sha256: string, media: TakeRecord['origin']['media']): TakeRecord {
  const recipe = {
    ...{ task: 'text', prompt: 'a red ball', packId: 'loom-mini', frameCount: 9, widthPx: 64, heightPx: 32, seed: 1 },
    ...{ steps: 4, guidanceScale: 4, packName: 'Loom', packVersion: '1', packHash: 'x', understood: [], ignored: [] },
    ...{ provider: 'cpu', appVersion: '0', secondsSpent: 1 },
  } as unknown as Extract<TakeRecord['origin'], { kind: 'generated' }>['recipe']; // the pack's id is branded
  return {
    version: 1,
    createdAt: new Date(0).toISOString(),
    facts: {
      ...{ id: takeId, name: 'a red ball', origin: 'generated' },
      picture: { kind: 'moving', rate: { num: 12, den: 1 }, frameCount: 9, widthPx: 64, heightPx: 32 },
    },
    origin: {
      kind: 'generated',
      recipe,
      file: 'frames.mkv',
      sha256,
      media,
      digitalSourceType: 'trainedAlgorithmicMedia',
    },
  };
}
