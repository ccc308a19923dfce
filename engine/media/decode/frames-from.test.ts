import { afterAll, expect, test } from 'vitest';
import { codedFrameAt } from '../../contract/frame-table-file.ts';
import { frames } from '../../document/time.ts';
import { makeSample, numberedFrames, readNumbers, sampleFolder, words } from '../sample-media.ts';
import { takeOf } from '../sample-takes.ts';
import { framesFrom, type TakeMedia } from './frames-from.ts';

const folder = sampleFolder();
afterAll(folder.dispose);

const numbered = [...numberedFrames('64x32', '30000/1001'), ...words('-frames:v 100')];
const h264 = '-c:v libx264 -preset ultrafast -bf 2 -g 24';

const kinds: Readonly<Record<string, readonly string[]>> = {
  'plain.mp4': [...numbered, ...words(h264)],
  'milliseconds.mkv': [...numbered, ...words(h264)],
  'old.avi': [...numbered, ...words('-c:v mpeg4 -bf 2 -g 24 -q:v 2')],
  'disc.mpg': [...numbered, ...words('-c:v mpeg2video -bf 2 -g 12 -q:v 2')],
  'camcorder.ts': [...numbered, ...words(h264)],
  'lossless.mkv': [...numbered, ...words('-c:v ffv1 -level 3 -g 1')],
};

for (const [name, args] of Object.entries(kinds)) {
  test(`any frame of ${name} is reached, and the ones after it follow`, async () => {
    const take = await takeOf(makeSample(folder.path, name, args));
    for (const from of [0, 1, 2, 23, 24, 25, 47, 70, 96, 99]) {
      const expected = Array.from({ length: Math.min(4, 100 - from) }, (_, index) => from + index);
      expect([from, ...numbersFrom(take, from, expected.length)]).toEqual([from, ...expected]);
    }
  });
}

test('a film whose beginning an edit list hides starts at the first frame it shows', async () => {
  const film = makeSample(folder.path, 'film.mp4', [...numbered, ...words(h264)]);
  const take = await takeOf(
    makeSample(folder.path, 'cut.mp4', ['-ss', '1.27', '-i', `file:${film}`, ...words('-c copy')]),
  );
  const first = numbersFrom(take, 0, 1)[0] ?? 0;
  expect(first).toBeGreaterThan(37);
  for (const from of [0, 1, 9, 10, 11, 30])
    expect(numbersFrom(take, from, 3)).toEqual([0, 1, 2].map((n) => first + from + n));
});

test('frames of variable timing come at the moments their table says, from any of them on', async () => {
  const dropping = `-vf select=mod(n\\,7)-3*gt(mod(n\\,5)\\,1) -fps_mode vfr ${h264}`;
  for (const name of ['dropped.mp4', 'dropped.mkv']) {
    const take = await takeOf(makeSample(folder.path, name, [...numbered, ...words(dropping)]));
    expect(take.table.timing).toBe('variable');
    const all = numbersOfTable(take);
    for (const from of [0, 1, 2, 3, 4, 5, 20, 33, 60, 90]) {
      expect([name, from, ...numbersFrom(take, from, 5)]).toEqual([name, from, ...all.slice(from, from + 5)]);
    }
  }
});

function numbersFrom(take: TakeMedia, from: number, count: number): number[] {
  const { input, filters } = framesFrom(take, frames(from));
  return readNumbers([...input, ...words(`-map 0:${take.picture.streamIndex} -frames:v ${count}`)], filters);
}

/** What each take frame should show: the numbers of all coded frames, put where the table puts them. */
function numbersOfTable(take: TakeMedia): number[] {
  const coded = readNumbers(['-i', `file:${take.path}`]);
  expect(coded).toHaveLength(take.table.ticks.length);
  return Array.from({ length: take.table.frameCount }, (_, n) => coded[codedFrameAt(take.table, frames(n))] ?? -1);
}
