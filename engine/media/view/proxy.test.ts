import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codedFrameAt } from '../../contract/frame-table-file.ts';
import { frames } from '../../document/time.ts';
import { colourTables } from '../decode/to-screen.ts';
import { probe, readFrames } from '../probe/probe.ts';
import { ffmpegPath, fixture, makeSample, numberedFrames, readNumbers, sampleFolder, words } from '../sample-media.ts';
import { takeOf } from '../sample-takes.ts';
import { makeProxy, proxyNeed, proxySize } from './proxy.ts';

const folder = sampleFolder();
afterAll(folder.dispose);
const run = { ffmpegPath, tablesFolder: folder.path };
const numbered = (rate: string) => [...numberedFrames('96x54', rate), ...words('-frames:v 80')];

test('frame n of the proxy is frame n of the take, at the take’s rate, for constant and variable timing alike', async () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    'ntsc.mp4': [...numbered('30000/1001'), ...words('-c:v libx264 -bf 2 -preset ultrafast')],
    'film.avi': [...numbered('24000/1001'), ...words('-c:v mpeg4 -bf 2 -q:v 2')],
    'slow.mkv': [...numbered('25/2'), ...words('-c:v ffv1')],
    'dropped.mkv': [
      ...numbered('30'),
      ...words('-vf select=mod(n\\,7)-3 -fps_mode vfr -c:v libx264 -preset ultrafast'),
    ],
  };
  for (const [name, args] of Object.entries(kinds)) {
    const take = await takeOf(makeSample(folder.path, name, args));
    const path = join(folder.path, `${name}.proxy.mp4`);
    await makeProxy(path, take, take.upright, run);
    const proxy = await takeOf(path);
    expect([name, proxy.upright]).toEqual([name, take.upright]);
    expect([name, proxy.table.timing, proxy.table.reach]).toEqual([name, 'constant', 'frame']);
    const coded = readNumbers(['-i', `file:${take.path}`]);
    const expected = Array.from(
      { length: take.table.frameCount },
      (_, n) => coded[codedFrameAt(take.table, frames(n))],
    );
    expect([name, ...readNumbers(['-i', `file:${path}`])]).toEqual([name, ...expected]);
  }
});

test('a proxy can be sought anywhere within six frames, and says what colours it has', async () => {
  const take = await takeOf(
    makeSample(folder.path, 'long-group.mp4', [...numbered('30'), ...words('-c:v libx264 -g 80')]),
  );
  const path = join(folder.path, 'sought.mp4');
  await makeProxy(path, take, take.upright, run);
  const { media } = await probe(path, { ffmpegPath });
  const table = (await takeOf(path)).table;
  expect(proxyNeed(media, table)).toBe('none');
  expect(Array.from(table.keys).flatMap((isKey, frame) => (isKey ? [frame] : []))).toEqual(
    Array.from({ length: 14 }, (_, group) => group * 6),
  );
  expect(media.picture).toMatchObject({
    ...{ codec: 'h264', pixelFormat: 'yuv420p', rotationDegrees: 0, pixelAspect: { num: 1, den: 1 } },
    colour: { matrix: 'bt709', range: 'limited', primaries: 'bt709', transfer: 'bt709', isGuessed: false },
  });
  const { ticks } = await readFrames(path, media, { ffmpegPath });
  expect(ticks[0]).toBe(0);
});

test('a phone’s picture becomes upright, small and ordinary', async () => {
  const take = await takeOf(fixture('iphone_dolbyvision_hlg_rot90.mov'));
  await colourTables(folder.path, take.picture);
  const path = join(folder.path, 'phone.mp4');
  await makeProxy(path, take, take.upright, run);
  const { upright, picture } = await takeOf(path);
  expect(upright).toMatchObject({ widthPx: 540, heightPx: 960, frameCount: 4 });
  expect(picture).toMatchObject({ rotationDegrees: 0, pixelFormat: 'yuv420p', colour: { matrix: 'bt709' } });
});

test('a proxy has the shape of its take in even sizes, and is never larger', () => {
  expect(proxySize({ widthPx: 1920, heightPx: 1080 })).toEqual({ widthPx: 960, heightPx: 540 });
  expect(proxySize({ widthPx: 2160, heightPx: 3840 })).toEqual({ widthPx: 540, heightPx: 960 });
  expect(proxySize({ widthPx: 161, heightPx: 121 })).toEqual({ widthPx: 162, heightPx: 122 });
  expect(proxySize({ widthPx: 8000, heightPx: 1000 })).toEqual({ widthPx: 1920, heightPx: 240 });
  expect(proxySize({ widthPx: 1, heightPx: 1 })).toEqual({ widthPx: 2, heightPx: 2 });
});

test('the window shows what it can itself, and waits only for what it cannot', async () => {
  const needs = [
    'h264_10bit.mp4',
    'h265_bframes.mp4',
    'flower_alpha_vp9.webm',
    'h263_15fps.3gp',
    'burnin_mmssff_30s.mp4',
    'vp9_odd_161x121.webm',
  ];
  const found = needs.map(async (name) => {
    const { media } = await probe(fixture(name), { ffmpegPath });
    return [name, proxyNeed(media, (await takeOf(fixture(name))).table)];
  });
  expect(Object.fromEntries(await Promise.all(found))).toEqual({
    'h264_10bit.mp4': 'must',
    'h265_bframes.mp4': 'must',
    'flower_alpha_vp9.webm': 'must',
    'h263_15fps.3gp': 'must',
    'burnin_mmssff_30s.mp4': 'should', // a key frame every eight seconds
    'vp9_odd_161x121.webm': 'none',
  });
});

test('progress is told, and cancelling leaves no file behind', async () => {
  const take = await takeOf(fixture('burnin_mmssff_30s.mp4'));
  const before = readdirSync(folder.path);
  const cancel = new AbortController();
  const told: number[] = [];
  const making = makeProxy(join(folder.path, 'cancelled.mp4'), take, take.upright, {
    ...run,
    signal: cancel.signal,
    onProgress: (done) => {
      told.push(done);
      cancel.abort(new Error('not now'));
    },
  });
  await expect(making).rejects.toThrow('not now');
  expect(told.every((done) => done >= 0 && done <= 1)).toBe(true);
  expect(readdirSync(folder.path)).toEqual(before);
});

test('a file that breaks off in the middle still becomes a proxy of the promised length', async () => {
  const take = await takeOf(makeSample(folder.path, 'whole.mkv', [...numbered('30'), ...words('-c:v mpeg4 -q:v 2')]));
  const bytes = readFileSync(take.path);
  const path = join(folder.path, 'broken.mkv');
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * 0.7)));
  const proxy = join(folder.path, 'mended.mp4');
  await makeProxy(proxy, { ...take, path }, take.upright, run);
  expect((await takeOf(proxy)).upright).toMatchObject({ frameCount: 80 });
});
