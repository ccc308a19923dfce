import { FailureError } from '../contract/failure.ts';
import { encodeFrameTable, type FrameTable } from '../contract/frame-table-file.ts';
import type { Activity } from '../contract/job.ts';
import type { PictureStream, TakeRecord } from '../contract/take.ts';
import type { TakePicture } from '../document/film.ts';
import { type CacheFiles, cacheFilesOf, cacheKeyOf } from './cache-files.ts';
import { colourTables } from './decode/to-screen.ts';
import { makeBytesFile, makeTextFile } from './pending-file.ts';
import { readFrames } from './probe/probe.ts';
import { exists, readStrip, readTable, type TakePlaces } from './take-files.ts';
import { recordedTiming, takeTable } from './timing/take-table.ts';
import { drawStrip, drawStripOfProxy } from './view/filmstrip.ts';
import { makeProxy, proxyNeed } from './view/proxy.ts';
import { proxyAsTake } from './view/proxy-as-take.ts';
import { conformSound } from './view/sound.ts';
import { drawStill } from './view/still.ts';
import { evenFrames } from './view/tiles.ts';

export interface PrepareRun extends TakePlaces {
  readonly ffmpegPath: string;
  readonly signal?: AbortSignal | undefined;
  readonly onActivity?: ((activity: Activity, done: number) => void) | undefined;
}

/** One thing to make of a take. `weight`: how long it takes beside the others, roughly. */
interface Step {
  readonly activity: Activity;
  readonly weight: number;
  run(onProgress: (done: number) => void): Promise<void>;
}

/** Makes what is missing of a take's files, telling of each when it is there. Throws as `prepareTake` does. */
export async function prepare(record: TakeRecord, run: PrepareRun, onPart: () => Promise<void>): Promise<void> {
  const files = cacheFilesOf(run.cacheFolder, cacheKeyOf(record));
  const table = await tableOf(record, files, run, onPart);
  const steps = await missingSteps({ record, files, table, run });
  const total = steps.reduce((sum, { weight }) => sum + weight, 0);
  let before = 0;
  for (const { activity, weight, run: work } of steps) {
    run.signal?.throwIfAborted();
    const tell = (done: number) => run.onActivity?.(activity, Math.min(1, (before + weight * done) / total));
    tell(0);
    await work(tell);
    before += weight;
    await onPart();
  }
}

interface Making {
  readonly record: TakeRecord;
  readonly files: CacheFiles;
  /** Undefined where nothing moves. */
  readonly table: FrameTable | undefined;
  readonly run: PrepareRun;
}

async function tableOf(
  record: TakeRecord,
  files: CacheFiles,
  run: PrepareRun,
  onPart: () => Promise<void>,
): Promise<FrameTable | undefined> {
  const { media } = record.origin;
  const timing = media.picture && record.facts.picture && recordedTiming(media.picture.timing, record.facts.picture);
  if (!timing) return undefined;
  const known = await readTable(files);
  if (known) return known;
  run.onActivity?.({ kind: 'indexing' }, 0);
  const table = takeTable(await readFrames(originalOf(record, run), media, run), timing);
  await makeBytesFile(files.frameTable, encodeFrameTable(table));
  await onPart();
  return table;
}

async function missingSteps(making: Making): Promise<Step[]> {
  const { record, files, table } = making;
  const stream = record.origin.media.picture;
  const { picture } = record.facts;
  const shown = stream && picture ? { ...making, stream, picture } : undefined;
  const moving = shown && table ? { ...shown, table } : undefined;
  const steps: Step[] = [];
  if (shown && !table && !(await haveAll([files.still, files.poster, files.strip, files.stripLayout]))) {
    steps.push(stillStep(shown));
  }
  if (moving && !(await haveAll([files.poster, files.strip, files.stripLayout]))) steps.push(stripStep(moving));
  if (record.facts.sound && !(await haveAll([files.sound, files.peaks]))) steps.push(soundStep(making));
  const needsProxy = moving && proxyNeed(record.origin.media, moving.table) !== 'none';
  if (needsProxy && !(await exists(files.proxy))) steps.push(proxyStep(moving), fullerStripStep(moving));
  return steps;
}

interface Shown extends Making {
  readonly stream: PictureStream;
  readonly picture: TakePicture;
}
interface Moving extends Shown {
  readonly table: FrameTable;
}

function stillStep({ record, files, stream, picture, run }: Shown): Step {
  return {
    activity: { kind: 'drawing-filmstrip' },
    weight: 5,
    run: async () => {
      await colourTables(run.cacheFolder, stream);
      const source = { path: originalOf(record, run), container: record.origin.media.container, picture: stream };
      const layout = await drawStill(source, picture, files, inCache(run));
      await makeTextFile(files.stripLayout, JSON.stringify(layout));
    },
  };
}

function stripStep({ record, files, stream, picture, table, run }: Moving): Step {
  return {
    activity: { kind: 'drawing-filmstrip' },
    weight: 7,
    run: async () => {
      await colourTables(run.cacheFolder, stream);
      const take = { path: originalOf(record, run), container: record.origin.media.container, picture: stream, table };
      const layout = await drawStrip(take, picture, files, inCache(run));
      await makeTextFile(files.stripLayout, JSON.stringify(layout));
    },
  };
}

function soundStep({ record, files, table, run }: Making): Step {
  return {
    activity: { kind: 'drawing-waveform' },
    weight: 20,
    run: async (onProgress) => {
      const stream = record.origin.media.sound;
      const { sound } = record.facts;
      if (!stream || !sound) return;
      const pictureStartSeconds = table && ((table.ticks[0] ?? 0) * table.timeBase.num) / table.timeBase.den;
      const source = { path: originalOf(record, run), stream, length: sound, pictureStartSeconds };
      await conformSound(source, files, { ...run, onProgress });
    },
  };
}

function proxyStep({ record, files, stream, picture, table, run }: Moving): Step {
  return {
    activity: { kind: 'making-proxy' },
    weight: 70,
    run: async (onProgress) => {
      await colourTables(run.cacheFolder, stream);
      const take = { path: originalOf(record, run), container: record.origin.media.container, picture: stream, table };
      await makeProxy(files.proxy, take, picture, { ...inCache(run), onProgress });
    },
  };
}

// Where key frames lie far apart the first strip has few tiles. The proxy has them everywhere: the strip is drawn again
// from it, in a fraction of a second.
function fullerStripStep(moving: Moving): Step {
  const { files, picture, run } = moving;
  return {
    activity: { kind: 'drawing-filmstrip' },
    weight: 2,
    run: async () => {
      if (await isWholeStrip(moving)) return;
      const proxy = await proxyAsTake(files.proxy, run);
      const layout = await drawStripOfProxy(proxy, picture, { strip: files.strip }, inCache(run));
      await makeTextFile(files.stripLayout, JSON.stringify(layout));
    },
  };
}

async function isWholeStrip({ files, table }: Moving): Promise<boolean> {
  const strip = await readStrip(files);
  return strip !== undefined && strip.tileCount >= evenFrames(table.frameCount).length;
}

/** The file a take was imported from, or its frames. Throws `media-missing`: something is to be made of it. */
function originalOf(record: TakeRecord, { path }: PrepareRun): string {
  if (path !== undefined) return path;
  const { origin, facts } = record;
  const known = origin.kind === 'imported' ? origin.file.absolutePath : origin.file;
  throw new FailureError({ code: 'media-missing', path: known, takeId: facts.id });
}

function inCache(run: PrepareRun) {
  return { ffmpegPath: run.ffmpegPath, signal: run.signal, tablesFolder: run.cacheFolder };
}

async function haveAll(paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map(exists))).every(Boolean);
}
