import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { codedFrameAt } from '../../contract/frame-table-file.ts';
import { frames } from '../../document/time.ts';
import { colourTables } from '../decode/to-screen.ts';
import { probe } from '../probe/probe.ts';
import { ffmpegPath, fixture, makeSample, numberedFrames, readNumbers, sampleFolder, words } from '../sample-media.ts';
import { takeOf } from '../sample-takes.ts';
import { takeTable } from '../timing/take-table.ts';
import { drawStrip, drawStripOfProxy, type Strip } from './filmstrip.ts';
import { drawStill } from './still.ts';
import { evenFrames, keyFrames, tileSize } from './tiles.ts';

// Nothing here waits for a time: each test is a few runs of ffmpeg, however long they take.
vi.setConfig({ testTimeout: 120_000 });

const folder = sampleFolder();
afterAll(folder.dispose);
const run = { ffmpegPath, tablesFolder: folder.path };
const files = { strip: join(folder.path, 'strip.jpg'), poster: join(folder.path, 'poster.jpg') };
const numbered = (count: number) => [...numberedFrames('160x90', '30'), ...words(`-frames:v ${count}`)];

test.each([1, 2, 7, 60, 200])(
  'every tile of a take of %i frames shows exactly its frame, the first and the last among them',
  async (count) => {
    const coding = [...numbered(count), ...words('-c:v libx264 -preset ultrafast -bf 2')];
    const take = await takeOf(makeSample(folder.path, `${count}.mp4`, coding));
    const strip = await drawStrip(take, take.upright, files, run);
    expect(strip.tileCount).toBe(Math.min(60, count));
    expect([strip.tileFrames[0], strip.tileFrames.at(-1)]).toEqual([0, count - 1]);
    expect(numbersOf(strip)).toEqual(strip.tileFrames);
  },
);

test.each([
  ['long.mp4', '-c:v libx264 -preset ultrafast -bf 3 -g 12'],
  ['open-groups.mkv', '-c:v libx264 -preset ultrafast -bf 3 -g 12 -x264-params open-gop=1'],
  ['long.webm', '-c:v libvpx-vp9 -cpu-used 8 -g 12 -auto-alt-ref 1 -lag-in-frames 12 -b:v 300k'],
  ['long-hevc.mov', '-c:v libx265 -preset ultrafast -x265-params keyint=12:bframes=3:log-level=error'],
  ['long.avi', '-c:v mpeg4 -bf 2 -g 12 -q:v 2'],
  ['dropped.mp4', '-vf select=mod(n\\,7)-3 -fps_mode vfr -c:v libx264 -preset ultrafast -g 12 -bf 2'],
])('of a long take, %s, key frames are drawn, and still the last frame exactly', async (name, coding) => {
  const take = await takeOf(makeSample(folder.path, name, [...numbered(150), ...words(coding)]));
  const strip = await drawStrip(take, take.upright, files, { ...run, wholeUpToPixels: 0 });
  expect(strip.tileCount).toBeGreaterThanOrEqual(8);
  expect([strip.tileFrames[0], strip.tileFrames.at(-1)]).toEqual([0, take.table.frameCount - 1]);
  const coded = readNumbers(['-i', `file:${take.path}`]);
  expect(numbersOf(strip)).toEqual(strip.tileFrames.map((frame) => coded[codedFrameAt(take.table, frames(frame))]));
});

test('a strip of a proxy shows key frames where there is one for every tile, and else every frame it should', async () => {
  const proxyOf = async (count: number) => {
    const coding = [...numbered(count), ...words('-c:v libx264 -preset ultrafast -g 6 -bf 0')];
    return takeOf(makeSample(folder.path, `proxy-${count}.mp4`, coding));
  };
  const long = await proxyOf(400);
  const keyed = await drawStripOfProxy(long, long.upright, files, run);
  expect([keyed.tileCount, keyed.tileFrames.at(-1)]).toEqual([60, 399]);
  expect(keyed.tileFrames.slice(0, -1).filter((frame) => frame % 6 !== 0)).toEqual([]);
  expect(numbersOf(keyed)).toEqual(keyed.tileFrames.map((frame) => frame % 256));
  const short = await proxyOf(100);
  expect((await drawStripOfProxy(short, short.upright, files, run)).tileFrames).toEqual(evenFrames(100));
});

test('a phone’s film of five frames, one of them hidden, is drawn upright', async () => {
  const take = await takeOf(fixture('iphone_dolbyvision_hlg_rot90.mov'));
  await colourTables(folder.path, take.picture);
  for (const wholeUpToPixels of [0, 1e9]) {
    const strip = await drawStrip(take, take.upright, files, { ...run, wholeUpToPixels });
    expect([strip.tileWidthPx, strip.tileHeightPx]).toEqual([40, 72]);
    expect(strip.tileFrames.at(-1)).toBe(3);
    expect((await probe(files.poster, { ffmpegPath })).picture).toEqual({
      kind: 'still',
      widthPx: 720,
      heightPx: 1280,
    });
  }
});

test('tiles are evenly spread, and of key frames the nearest are taken', () => {
  expect(evenFrames(1)).toEqual([0]);
  expect(evenFrames(5)).toEqual([0, 1, 2, 3, 4]);
  const even = evenFrames(10_000);
  expect(even).toHaveLength(60);
  expect([even[0], even.at(-1)]).toEqual([0, 9999]);
  const keys = Uint8Array.from({ length: 10_000 }, (_, frame) => (frame % 250 === 0 ? 1 : 0));
  const coded = { timeBase: { num: 1, den: 30 }, ticks: Float64Array.from(keys.keys()), keys, lastTicks: 1 };
  const table = takeTable({ ...coded, ffmpegOffsetTicks: 0, reach: 'frame' });
  const chosen = keyFrames(table);
  expect(chosen.slice(0, -1).every((frame) => frame % 250 === 0)).toBe(true);
  expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
  expect(chosen).toHaveLength(41);
  expect(tileSize({ widthPx: 1920, heightPx: 1080 })).toEqual({ widthPx: 128, heightPx: 72 });
  expect(tileSize({ widthPx: 10_000, heightPx: 100 })).toEqual({ widthPx: 320, heightPx: 72 });
});

test('a photograph becomes upright pixels that need no decoder’s opinion', async () => {
  const source = ['-f', 'lavfi', '-i', 'testsrc2=s=120x80,format=rgba,colorchannelmixer=aa=0.5', '-frames:v', '1'];
  const path = makeSample(folder.path, '100%d.png', source);
  const { media, picture } = await probe(path, { ffmpegPath });
  if (!media.picture || !picture) throw new Error('no picture');
  const turned = { path, container: media.container, picture: { ...media.picture, rotationDegrees: 90 as const } };
  const still = join(folder.path, 'still.png');
  const strip = await drawStill(turned, { widthPx: 80, heightPx: 120 }, { ...files, still }, run);
  expect(strip).toEqual({ columns: 1, tileCount: 1, tileWidthPx: 48, tileHeightPx: 72, tileFrames: [0] });
  const drawn = await probe(still, { ffmpegPath });
  expect([drawn.picture, drawn.media.picture?.hasAlpha]).toEqual([{ kind: 'still', widthPx: 80, heightPx: 120 }, true]);
});

test('a film that cannot be decoded leaves no strip and no half of one', async () => {
  const take = await takeOf(makeSample(folder.path, 'gone.mp4', [...numbered(10), ...words('-c:v libx264')]));
  const before = readdirSync(folder.path).sort();
  const nowhere = { ...take, path: join(folder.path, 'nowhere.mp4') };
  const into = { strip: join(folder.path, 'none.jpg'), poster: join(folder.path, 'none-poster.jpg') };
  await expect(drawStrip(nowhere, take.upright, into, run)).rejects.toThrow('No such file');
  expect(readdirSync(folder.path).sort()).toEqual(before);
});

/** The number that each tile of the sheet shows. */
function numbersOf({ columns, tileCount, tileWidthPx, tileHeightPx }: Strip): number[] {
  const size = { width: columns * tileWidthPx, height: Math.ceil(tileCount / columns) * tileHeightPx };
  const read = [
    '-v',
    'error',
    '-f',
    'jpeg_pipe',
    '-i',
    `file:${files.strip}`,
    ...words('-f rawvideo -pix_fmt gray pipe:1'),
  ];
  const { stdout } = spawnSync(ffmpegPath, read, { maxBuffer: 1 << 26 });
  expect(stdout.length).toBe(size.width * size.height);
  return Array.from({ length: tileCount }, (_, tile) => {
    const [left, top] = [(tile % columns) * tileWidthPx, Math.floor(tile / columns) * tileHeightPx];
    const bits = Array.from({ length: 8 }, (_, bit) => {
      const x = left + Math.floor(((bit + 0.5) * tileWidthPx) / 8);
      return (stdout[(top + (tileHeightPx >> 1)) * size.width + x] ?? 0) > 127 ? 2 ** bit : 0;
    });
    return bits.reduce((sum, value) => sum + value, 0);
  });
}
