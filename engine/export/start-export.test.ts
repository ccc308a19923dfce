import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PackId } from '../contract/ids.ts';
import type { Recipe } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { frames } from '../document/time.ts';
import { runFfmpeg } from '../media/ffmpeg/run-ffmpeg.ts';
import type { RenderPlan } from '../render/plan.ts';
import { probeFfmpeg } from './caps.ts';
import type { Delivery } from './delivery.ts';
import type { ExportProgress } from './export-progress.ts';
import type { ExportTake, PictureFile } from './export-take.ts';
import { type ExportJob, type ExportOutcome, sidecarPath, startExport } from './start-export.ts';
import {
  ffmpegPath,
  makeNumberedClip,
  numberedTake,
  numbersOf,
  outputOf,
  planOfSpans,
} from './testing/numbered-clips.ts';
import { readXmp, topLevelBoxes } from './xmp-box.ts';

const root = mkdtempSync(join(tmpdir(), "shotloom export 漢字 it's "));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const temporaryFolder = join(root, 'temporary');
mkdirSync(temporaryFolder);
const ffmpeg = await probeFfmpeg(ffmpegPath);

const rate = { num: 30000, den: 1001 };
const h264: Delivery = { kind: 'h264', crf: 12, preset: 'veryfast', audioKbps: 192 };
const recipe: Recipe = {
  ...{
    task: 'text',
    prompt: 'a secret lighthouse',
    packId: 'loom-mini' as PackId,
    frameCount: 60,
    widthPx: 64,
    heightPx: 64,
  },
  ...{ seed: 7, steps: 20, guidanceScale: 5, packName: 'Loom Mini', packVersion: '1.0.0', packHash: 'abc' },
  ...{ understood: [], ignored: [], provider: 'cpu', appVersion: '0.1.0', secondsSpent: 3 },
};

let picture: PictureFile;
const soundPath = join(root, 'tone.wav');
beforeAll(async () => {
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-qp', '16'];
  picture = await makeNumberedClip({ rate, frameCount: 60, path: join(root, 'clip.mp4'), encode });
  const tone = ['-f', 'lavfi', '-i', 'sine=f=1000:r=48000:d=3', '-ac', '2', '-c:a', 'pcm_s16le', soundPath];
  await runFfmpeg(ffmpegPath, tone);
});

/** 47 frames: a picture, a gap, the picture again from further on, with its sound under the last part. */
function plan(origin: 'imported' | 'generated' = 'imported'): RenderPlan {
  const silent = planOfSpans(rate, { rate, frameCount: 60 }, [
    [0, 20, 5],
    [20, 30],
    [30, 47, 40],
  ]);
  const take = silent.takes[numberedTake] ?? expect.fail('no take');
  const sound = { in: frames(30), out: frames(47), takeId: numberedTake, sourceIn: frames(40), gainDb: 0 };
  return { ...silent, takes: { [numberedTake]: { ...take, origin } }, sounds: origin === 'imported' ? [sound] : [] };
}

const shown = [...range(5, 25), ...Array(10).fill(0), ...range(40, 57)];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

let made = 0;
function job(changes: Partial<ExportJob> = {}): ExportJob {
  const folder = join(root, `film ${++made}`);
  mkdirSync(folder);
  const takes = new Map<TakeId, ExportTake>([[numberedTake, { kind: 'ready', picture, sound: { path: soundPath } }]]);
  return {
    ...{
      plan: plan(),
      takes,
      path: join(folder, 'Film.mp4'),
      delivery: h264,
      unfinished: 'refuse',
      existing: 'refuse',
      ffmpeg,
      threads: 2,
    },
    ...{ temporaryFolder, appVersion: '0.1.0', ...changes },
  };
}

const leftovers = (path: string) => [...readdirSync(join(path, '..')), ...readdirSync(temporaryFolder)].sort();

function finished(outcome: ExportOutcome): Extract<ExportOutcome, { kind: 'finished' }> {
  return outcome.kind === 'finished' ? outcome : expect.fail(JSON.stringify(outcome));
}

/** What ffmpeg says of a file it opens. */
async function described(path: string): Promise<string> {
  return (await runFfmpeg(ffmpegPath, ['-i', path], { messages: 'info', mayFail: true })).join('\n');
}

test('a film has exactly the planned frames and its sound to the sample, and nothing else is left lying about', async () => {
  const film = job();
  expect(finished(await startExport(film)).frameCount).toBe(47);
  expect(leftovers(film.path)).toEqual(['Film.mp4']);
  const raw = await outputOf(['-i', film.path, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1']);
  expect(numbersOf(raw, 64 * 64)).toEqual(shown);
  const heard = await outputOf(['-i', film.path, '-f', 's16le', '-c:a', 'pcm_s16le', 'pipe:1']);
  const samplesHeard = heard.length / 4;
  const length = Math.floor((47 * 48000 * 1001) / 30000);
  expect(samplesHeard).toBeGreaterThanOrEqual(length);
  expect(samplesHeard).toBeLessThan(length + 1024);
  // Silent until the sound's first frame, sounding from it: AAC smears by at most one of its frames.
  const start = Math.floor((30 * 48000 * 1001) / 30000);
  const loudest = (from: number, to: number) =>
    Math.max(...Array.from({ length: to - from }, (_, at) => Math.abs(heard.readInt16LE((from + at) * 4))));
  expect(loudest(0, start - 1200)).toBeLessThan(40);
  expect(loudest(start + 200, start + 400)).toBeGreaterThan(2000);
});

test('the delivered file says bt709 limited in stream and container, and its index comes first', async () => {
  const film = job();
  finished(await startExport(film));
  expect(await described(film.path)).toMatch(/Video: h264 \(High\).*yuv420p\(tv, bt709/);
  // `colr` of the kind `nclx`: primaries, transfer and matrix 1 (BT.709), and not full range.
  const bytes = readFileSync(film.path);
  const at = bytes.indexOf('colrnclx');
  expect([...bytes.subarray(at + 8, at + 15)]).toEqual([0, 1, 0, 1, 0, 1, 0]);
  // The same in the stream alone, without its container.
  const stream = join(root, 'stream.h264');
  await runFfmpeg(ffmpegPath, ['-i', film.path, '-map', '0:v', '-c', 'copy', stream]);
  expect(await described(stream)).toMatch(/yuv420p\(tv, bt709/);
  const file = await open(film.path);
  const types: string[] = [];
  for await (const box of topLevelBoxes(file)) types.push(box.type);
  await file.close();
  expect(types.indexOf('moov')).toBeLessThan(types.indexOf('mdat'));
});

test('a film that shows generated pictures carries the label in the file and beside it', async () => {
  const film = job({ plan: plan('generated'), takes: new Map([[numberedTake, { kind: 'ready', picture, recipe }]]) });
  finished(await startExport(film));
  const url = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
  expect(await readXmp(film.path)).toContain(`<Iptc4xmpExt:DigitalSourceType>${url}</Iptc4xmpExt:DigitalSourceType>`);
  expect(await described(film.path)).toContain(url);
  const text = readFileSync(sidecarPath(film.path), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    format: 'shotloom-provenance/1',
    file: 'Film.mp4',
    sha256: createHash('sha256').update(readFileSync(film.path)).digest('hex'),
    digitalSourceType: url,
    frameCount: 47,
    generatedSpans: [
      { fromFrame: 0, toFrame: 20, recipe: { packId: 'loom-mini', packVersion: '1.0.0', packHash: 'abc', seed: 7 } },
      { fromFrame: 30, toFrame: 47 },
    ],
  });
  for (const secret of [root, tmpdir(), 'lighthouse']) expect(text).not.toContain(secret);
});

test('recorded sound under generated pictures makes the film a composite', async () => {
  const { sounds } = plan();
  const score = 'score' as TakeId;
  const generated = plan('generated');
  const takes = { ...generated.takes, [score]: { id: score, name: 'score', origin: 'imported' as const } };
  const mixed = { ...generated, takes, sounds: sounds.map((sound) => ({ ...sound, takeId: score })) };
  const film = job({
    plan: mixed,
    takes: new Map<TakeId, ExportTake>([
      [numberedTake, { kind: 'ready', picture, recipe }],
      [score, { kind: 'ready', sound: { path: soundPath } }],
    ]),
  });
  finished(await startExport(film));
  expect(await readXmp(film.path)).toContain('/compositeWithTrainedAlgorithmicMedia<');
});

test('a film of recorded pictures carries no label, and loses that of an older film of its name', async () => {
  const film = job();
  writeFileSync(sidecarPath(film.path), '{}');
  finished(await startExport(film));
  expect(await readXmp(film.path)).toBeUndefined();
  expect(leftovers(film.path)).toEqual(['Film.mp4']);
});

test('progress counts frames, never goes back, and ends at the end', async () => {
  const told: ExportProgress[] = [];
  finished(await startExport(job({ onProgress: (progress) => told.push(progress) })));
  const done = told.map((progress) => progress.done);
  expect(done).toEqual([...done].sort((a, b) => a - b));
  expect(told.at(-1)).toMatchObject({ framesDone: 47, frameCount: 47, done: 1 });
});

test('a file that is there is not replaced unless somebody said so: the name beside it that is free is told', async () => {
  const film = job();
  writeFileSync(film.path, 'an older film');
  writeFileSync(join(film.path, '../Film 2.mp4'), 'another');
  const outcome = await startExport(film);
  expect(outcome).toMatchObject({ kind: 'failed', failure: { code: 'file-exists', path: film.path, sizeBytes: 13 } });
  expect(outcome).toMatchObject({ failure: { freePath: join(film.path, '../Film 3.mp4') } });
  expect(readFileSync(film.path, 'utf8')).toBe('an older film');
  expect(leftovers(film.path)).toEqual(['Film 2.mp4', 'Film.mp4']);
  finished(await startExport({ ...film, existing: 'replace' }));
  expect(readFileSync(film.path).length).toBeGreaterThan(1000);
});

test('a file put there while the film is made is not replaced either', async () => {
  const film = job({ onProgress: () => writeFileSync(film.path, 'somebody else’s') });
  expect(await startExport(film)).toMatchObject({ kind: 'failed', failure: { code: 'file-exists' } });
  expect(readFileSync(film.path, 'utf8')).toBe('somebody else’s');
  expect(leftovers(film.path)).toEqual(['Film.mp4']);
});

test('a folder that is not there is told, and not made', async () => {
  const folder = join(root, 'mistyped');
  expect(await startExport(job({ path: join(folder, 'Film.mp4') }))).toEqual({
    kind: 'failed',
    failure: { code: 'folder-missing', path: folder },
  });
  expect(existsSync(folder)).toBe(false);
});

test('a cancelled export leaves the older film as it was and nothing else', async () => {
  const cancel = new AbortController();
  const long = planOfSpans(rate, { rate, frameCount: 60 }, [[0, 4000, 0]]);
  const film = job({ plan: long, existing: 'replace', signal: cancel.signal, onProgress: () => cancel.abort() });
  writeFileSync(film.path, 'an older film');
  expect(await startExport(film)).toEqual({ kind: 'cancelled' });
  expect(leftovers(film.path)).toEqual(['Film.mp4']);
  expect(readFileSync(film.path, 'utf8')).toBe('an older film');
});

test('a file where a folder should be is told before any work is done', async () => {
  const file = join(root, 'a file, no folder');
  writeFileSync(file, '');
  const outcome = await startExport(job({ path: join(file, 'Film.mp4') }));
  expect(outcome).toEqual({ kind: 'failed', failure: { code: 'folder-missing', path: file } });
});

test('a folder for what is made on the way that is none is told by its own name', async () => {
  const file = join(root, 'another file, no folder');
  writeFileSync(file, '');
  const film = job({ temporaryFolder: file });
  expect(await startExport(film)).toEqual({ kind: 'failed', failure: { code: 'not-writable', path: file } });
});

test('a folder of the film’s name is told before any work is done', async () => {
  let isWorking = false;
  const onProgress = () => {
    isWorking = true;
  };
  const film = job({ onProgress });
  mkdirSync(film.path);
  expect(await startExport(film)).toEqual({ kind: 'failed', failure: { code: 'not-writable', path: film.path } });
  expect(isWorking).toBe(false);
  expect(leftovers(film.path)).toEqual(['Film.mp4']);
});

test('a file that is deleted while the film is made is named', async () => {
  const path = join(root, 'deleted.mp4');
  const film = job({ takes: new Map([[numberedTake, { kind: 'ready', picture: { ...picture, path } }]]) });
  expect(await startExport(film)).toEqual({
    kind: 'failed',
    failure: { code: 'media-missing', path, takeId: numberedTake },
  });
  expect(leftovers(film.path)).toEqual([]);
});

test('an empty film, a missing file and a take without frames are each told as such', async () => {
  const nothing = planOfSpans(rate, { rate, frameCount: 60 }, []);
  expect(await startExport(job({ plan: nothing }))).toMatchObject({ failure: { code: 'nothing-to-export' } });
  const missing = new Map<TakeId, ExportTake>([[numberedTake, { kind: 'missing', path: '/gone.mp4' }]]);
  expect(await startExport(job({ takes: missing }))).toMatchObject({
    failure: { code: 'media-missing', path: '/gone.mp4', takeId: numberedTake },
  });
  const pending = new Map<TakeId, ExportTake>([[numberedTake, { kind: 'unfinished' }]]);
  expect(await startExport(job({ takes: pending }))).toMatchObject({ failure: { code: 'unfinished-takes', count: 1 } });
  const black = job({ takes: pending, unfinished: 'black' });
  finished(await startExport(black));
  const raw = await outputOf(['-i', black.path, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1']);
  expect(numbersOf(raw, 64 * 64)).toEqual(Array(47).fill(0));
});

test('a picture file that cannot be decoded is a failure with what ffmpeg said, not a shorter film', async () => {
  const path = join(root, 'damaged.mp4');
  writeFileSync(path, readFileSync(picture.path).subarray(0, 3000));
  const film = job({ takes: new Map([[numberedTake, { kind: 'ready', picture: { ...picture, path } }]]) });
  expect(await startExport(film)).toMatchObject({ kind: 'failed', failure: { code: 'ffmpeg-failed' } });
  expect(leftovers(film.path)).toEqual([]);
});

const canMount = spawnSync('unshare', ['-Urm', 'true']).status === 0;
test.skipIf(!canMount)('a full disk is told in so many words, and no half film is left on it', async () => {
  // A disk of 100 KB, mounted in a namespace of its own that ends with the child.
  const disk = join(root, 'small disk');
  mkdirSync(disk);
  const { signal, onProgress, ...film } = job({
    plan: planOfSpans(rate, { rate, frameCount: 60 }, [[0, 3000, 0]]),
    path: join(disk, 'Film.mp4'),
    delivery: { ...h264, crf: 0 },
  });
  const module = pathToFileURL(join(import.meta.dirname, 'start-export.ts')).href;
  const program = `import { startExport } from ${JSON.stringify(module)};
    import { readdirSync } from 'node:fs';
    const [job, takes] = JSON.parse(process.env.EXPORT_JOB);
    const outcome = await startExport({ ...job, takes: new Map(takes) });
    console.log(JSON.stringify({ outcome, left: readdirSync(${JSON.stringify(disk)}) }));`;
  // A table of frame times is no JSON, and this clip of ours needs none.
  const { frameTable, ...file } = picture;
  const sent = [film, [[numberedTake, { kind: 'ready', picture: file }]]];
  const child = spawnSync(
    'unshare',
    [
      '-Urm',
      'sh',
      '-c',
      'mount -t tmpfs -o size=100k none "$1" && exec "$2" --input-type=module -e "$3"',
      'sh',
      disk,
      process.execPath,
      program,
    ],
    { encoding: 'utf8', env: { ...process.env, EXPORT_JOB: JSON.stringify(sent) } },
  );
  const told = JSON.parse(child.stdout || expect.fail(child.stderr));
  expect(told).toEqual({ outcome: { kind: 'failed', failure: { code: 'disk-full', path: film.path } }, left: [] });
});
