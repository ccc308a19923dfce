import { afterAll, expect, test } from 'vitest';
import { codedFrameAt } from '../contract/frame-table-file.ts';
import type { TakeId } from '../document/ids.ts';
import { frames, takeFrameAt } from '../document/time.ts';
import { probe, readFrames } from '../media/probe/probe.ts';
import { ffmpegPath, makeSample, numberedFrames, readNumbers, sampleFolder, words } from '../media/sample-media.ts';
import { takeTable } from '../media/timing/take-table.ts';
import type { RenderPlan } from '../render/plan.ts';
import { probeFfmpeg } from './caps.ts';
import type { PictureFile } from './export-take.ts';
import { pieceGraph } from './filter-graph.ts';
import { cutIntoPieces } from './pieces.ts';
import { pieceArguments } from './render-film.ts';
import { numberedTake, outputOf, planOfSpans } from './testing/numbered-clips.ts';

// Whatever the container, and however badly it keeps its times: probed as on import, exported as for delivery.

const folder = sampleFolder();
afterAll(folder.dispose);
const ffmpeg = await probeFfmpeg(ffmpegPath);

const size = { widthPx: 64, heightPx: 32 };
const numbered = [...numberedFrames('64x32', '30000/1001'), ...words('-frames:v 100')];
const h264 = '-c:v libx264 -preset ultrafast -bf 2 -g 24';
const dropping = `-vf select=mod(n\\,7)-3*gt(mod(n\\,5)\\,1) -fps_mode vfr ${h264}`;

const kinds: Readonly<Record<string, readonly string[]>> = {
  'plain.mp4': words(h264),
  'milliseconds.mkv': words(h264),
  'old.avi': words('-c:v mpeg4 -bf 2 -g 24 -q:v 2'),
  'disc.mpg': words('-c:v mpeg2video -bf 2 -g 12 -q:v 2'),
  'camcorder.ts': words(h264),
  'lossless.mkv': words('-c:v ffv1 -level 3 -g 1'),
  'dropped frames.mp4': words(dropping),
  'dropped frames.mkv': words(dropping),
};

for (const [name, args] of Object.entries(kinds)) {
  test(`every exported frame of ${name} is the one its table says`, async () => {
    await expectPlanned(makeSample(folder.path, name, [...numbered, ...args]));
  });
}

test('a film whose beginning an edit list hides is exported from the first frame it shows', async () => {
  const film = makeSample(folder.path, 'film.mp4', [...numbered, ...words(h264)]);
  const cut = ['-ss', '1.27', '-i', `file:${film}`, ...words('-c copy')];
  await expectPlanned(makeSample(folder.path, 'cut.mp4', cut));
});

/** Exports spans from all over a take, in a film of another rate, and compares each with what a full decode shows. */
async function expectPlanned(path: string): Promise<void> {
  const { media, picture } = await probe(path, { ffmpegPath });
  if (!media.picture || picture?.kind !== 'moving') throw new Error('not a moving picture');
  const frameTable = takeTable(await readFrames(path, media, { ffmpegPath }));
  const file: PictureFile = { path, container: media.container, stream: media.picture, frameTable };
  const rate = { num: 24, den: 1 };
  const last = Math.floor((picture.frameCount * 24 * picture.rate.den) / picture.rate.num) - 1;
  const entries = [0, 1, 2, 17, 19, 20, 38, last - 6, 30].filter((entry) => entry + 6 <= last);
  const spans = entries.map((entry, index) => [index * 6, index * 6 + 6, entry] as const);
  const plan = { ...planOfSpans(rate, { rate: picture.rate, frameCount: picture.frameCount }, spans), ...size };
  const coded = readNumbers(['-i', `file:${path}`]);
  const planned = entries.flatMap((entry) =>
    Array.from({ length: 6 }, (_, offset) => {
      const takeFrame = takeFrameAt(frames(entry + offset), picture.rate, rate);
      return coded[codedFrameAt(frameTable, frames(Math.min(takeFrame, picture.frameCount - 1)))];
    }),
  );
  expect(await numbersShown(sized(plan), file)).toEqual(planned);
}

// The helper's plans are of square pictures.
function sized(plan: RenderPlan): RenderPlan {
  const take = plan.takes[numberedTake];
  if (take?.picture?.kind !== 'moving') throw new Error('not a moving picture');
  const takes: Record<TakeId, typeof take> = { [numberedTake]: { ...take, picture: { ...take.picture, ...size } } };
  return { ...plan, takes };
}

async function numbersShown(plan: RenderPlan, file: PictureFile): Promise<number[]> {
  const shown: number[] = [];
  const frameBytes = size.widthPx * size.heightPx * 3;
  for (const piece of cutIntoPieces(plan, () => file)) {
    const raw = await outputOf(pieceArguments(pieceGraph(plan, piece, ffmpeg.resampler, 'gbrp'), 2));
    for (let at = 0; at < raw.length; at += frameBytes) shown.push(numberOf(raw.subarray(at)));
  }
  return shown;
}

/** Eight columns of the green plane, black or white. */
function numberOf(frame: Buffer): number {
  const row = (size.heightPx / 2) * size.widthPx;
  return Array.from({ length: 8 }, (_, bit) => ((frame[row + bit * 8 + 4] ?? 0) > 127 ? 2 ** bit : 0)).reduce(
    (a, b) => a + b,
  );
}
