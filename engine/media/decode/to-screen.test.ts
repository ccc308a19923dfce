import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { PictureStream } from '../../contract/take.ts';
import { frames } from '../../document/time.ts';
import { ffmpegPath, fixture, makeSample, sampleFolder, words } from '../sample-media.ts';
import { recordedAs, type SampleTake, takeOf } from '../sample-takes.ts';
import { framesFrom } from './frames-from.ts';
import { colourTables, type ScreenFormat, toScreen } from './to-screen.ts';
import { mapColour } from './tone-map.ts';

const folder = sampleFolder();
afterAll(folder.dispose);

type Rgb = readonly [number, number, number];
const colours: readonly Rgb[] = [
  ...([
    [200, 30, 40],
    [30, 180, 60],
    [40, 60, 210],
    [230, 210, 40],
    [128, 128, 128],
    [250, 250, 250],
  ] as const),
];
/** Six patches side by side, red first. */
const patches = colours.flatMap(([red, green, blue]) => [
  ...['-f', 'lavfi', '-i'],
  `color=c=0x${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}:s=32x32:r=25:d=0.2,format=gbrp`,
]);

test('a colour looks the same whatever matrix and range it is coded in', async () => {
  for (const matrix of ['bt709', 'bt601']) {
    for (const range of ['tv', 'pc']) {
      const take = await takeOf(coded(`${matrix}-${range}.mp4`, matrix, range));
      for (const format of ['rgb', 'video', 'jpeg'] as const) {
        expect(farthest(shownPatches(take, format)), `${matrix} ${range} as ${format}`).toBeLessThanOrEqual(3);
      }
    }
  }
});

test('and would not if its record said otherwise', async () => {
  const take = await takeOf(coded('right.mp4', 'bt709', 'tv'));
  const { colour } = take.picture;
  expect(farthest(shownPatches(recordedAs(take, { colour: { ...colour, matrix: 'bt601' } }), 'rgb'))).toBeGreaterThan(
    15,
  );
  expect(farthest(shownPatches(recordedAs(take, { colour: { ...colour, range: 'full' } }), 'rgb'))).toBeGreaterThan(10);
});

/** Quarters:  red green / blue white */
const corners: readonly Rgb[] = [
  [220, 20, 20],
  [20, 200, 20],
  [20, 20, 220],
  [240, 240, 240],
];
const cornerInputs = corners.flatMap(([red, green, blue]) => [
  ...['-f', 'lavfi', '-i'],
  `color=c=0x${[red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('')}:s=32x16:r=25:d=0.2,format=gbrp`,
]);
const stacked = words('-filter_complex [0][1]hstack[a];[2][3]hstack[b];[a][b]vstack');

test('every turn and mirror a camera can record ends upright', async () => {
  const take = await takeOf(
    makeSample(folder.path, 'corners.mkv', [...cornerInputs, ...stacked, ...words('-c:v ffv1')]),
  );
  // Where each corner of the coded picture (0 1 / 2 3) ends, read row by row.
  const expected: readonly (readonly [PictureStream['rotationDegrees'], boolean, string])[] = [
    [0, false, '0123'],
    [90, false, '2031'],
    [180, false, '3210'],
    [270, false, '1302'],
    [0, true, '1032'],
    [90, true, '0213'],
    [180, true, '2301'],
    [270, true, '3120'],
  ];
  for (const [rotationDegrees, isMirrored, places] of expected) {
    const size = rotationDegrees % 180 === 0 ? { widthPx: 64, heightPx: 32 } : { widthPx: 32, heightPx: 64 };
    const turned = recordedAs(take, { rotationDegrees, isMirrored });
    const seen = grid(render(turned, size, 'rgb'), size, 2, 2).map((rgb) => nearestOf(rgb, corners));
    expect([rotationDegrees, isMirrored, seen.join('')]).toEqual([rotationDegrees, isMirrored, places]);
  }
});

test('what a film’s matrix says of turn and mirror is what is seen', async () => {
  const film = makeSample(folder.path, 'corners.mp4', [...cornerInputs, ...stacked, ...words('-c:v libx264 -qp 0')]);
  const bytes = readFileSync(film);
  const matrixAt = bytes.indexOf('tkhd') + 44;
  // ISO 14496-12, 6.2.2: a point (x, y) is shown at (ax + cy, bx + dy). The eight that keep a picture's shape.
  const matrices = [-1, 1].flatMap((one) =>
    [-1, 1].flatMap((other) => [
      { a: one, b: 0, c: 0, d: other },
      { a: 0, b: one, c: other, d: 0 },
    ]),
  );
  for (const { a, b, c, d } of matrices) {
    const shown = ['', '', '', ''];
    for (const [corner, [x, y]] of [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ].entries()) {
      const [across, down] = [a * (x ?? 0) + c * (y ?? 0), b * (x ?? 0) + d * (y ?? 0)];
      shown[(across + 1) / 2 + (down + 1)] = `${corner}`;
    }
    for (const [index, value] of [a, b, 0, c, d].entries()) bytes.writeInt32BE(value * 0x10000, matrixAt + index * 4);
    writeFileSync(film, bytes);
    const take = await takeOf(film);
    const size = take.upright;
    expect(size).toMatchObject(a === 0 ? { widthPx: 32, heightPx: 64 } : { widthPx: 64, heightPx: 32 });
    const seen = grid(render(take, size, 'rgb'), size, 2, 2).map((rgb) => nearestOf(rgb, corners));
    expect({ a, b, c, d, seen: seen.join('') }).toEqual({ a, b, c, d, seen: shown.join('') });
  }
});

test('what is see-through lies on black', async () => {
  const half = words('-f lavfi -i color=c=white:s=32x32:r=25:d=0.2,format=rgba,colorchannelmixer=aa=0.5 -c:v qtrle');
  const take = await takeOf(makeSample(folder.path, 'half.mov', half));
  expect(take.picture.hasAlpha).toBe(true);
  const size = { widthPx: 32, heightPx: 32 };
  for (const format of ['video', 'jpeg'] as const) {
    expect(farthest(grid(render(take, size, format), size, 1, 1), [[128, 128, 128]])).toBeLessThanOrEqual(3);
  }
  const vp9 = await takeOf(fixture('flower_alpha_vp9.webm')); // clear at the left edge, opaque at the right
  const columns = grid(render(vp9, { widthPx: 320, heightPx: 180 }, 'video'), { widthPx: 320, heightPx: 180 }, 16, 1);
  expect(Math.max(...(columns[0] ?? []))).toBeLessThan(16);
  expect(Math.max(...(columns[15] ?? []))).toBeGreaterThan(30);
});

test('HDR keeps the order of its greys, a bright white and dark shadows', async () => {
  const take = await takeOf(fixture('hlg10_colorchecker.mp4'));
  const size = { widthPx: 640, heightPx: 360 };
  await colourTables(folder.path, take.picture);
  const pixels = render(take, size, 'video');
  const greys = [97, 178, 260, 342, 424, 506].map((x) => pixels.at(x, 290)); // the chart's lowest row, white to black
  const brightness = greys.map((rgb) => Math.round((rgb[0] + rgb[1] + rgb[2]) / 3));
  expect(brightness).toEqual([...brightness].sort((a, b) => b - a));
  expect(brightness[0]).toBeGreaterThan(225);
  expect(brightness[4]).toBeGreaterThan(70);
  expect(brightness[4]).toBeLessThan(130);
  expect(brightness[5]).toBeLessThan(70);
  for (const [red, green, blue] of greys)
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(18);
});

test('the tone map leaves black black, keeps light in order, and brings white to four fifths of the screen’s light', () => {
  for (const map of ['pq', 'hlg', 'wide'] as const) {
    expect(mapColour(map, [0, 0, 0])).toEqual([0, 0, 0]);
    const greys = Array.from({ length: 65 }, (_, index) => mapColour(map, [index / 64, index / 64, index / 64]));
    for (const [red, green, blue] of greys) {
      expect([green, blue]).toEqual([expect.closeTo(red, 3), expect.closeTo(red, 3)]);
    }
    const levels = greys.map(([red]) => red);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(levels.at(-1)).toBeCloseTo(1, 2);
  }
  const white = { pq: 0.5807, hlg: 0.75 }; // 203 nits, ITU-R BT.2408 table 1
  for (const map of ['pq', 'hlg'] as const) {
    const [level] = mapColour(map, [white[map], white[map], white[map]]);
    expect(level ** 2.4).toBeCloseTo(0.79, 1);
  }
});

function coded(name: string, matrix: string, range: string): string {
  const graph = `hstack=inputs=6,scale=out_color_matrix=${matrix}:out_range=${range}:flags=accurate_rnd,format=yuv444p`;
  const tags = matrix === 'bt601' ? 'smpte170m' : matrix;
  const tagged = `-colorspace ${tags} -color_range ${range} -c:v libx264 -qp 0 -preset ultrafast`;
  return makeSample(folder.path, name, [...patches, '-filter_complex', graph, ...words(tagged)]);
}

function shownPatches(take: SampleTake, format: ScreenFormat): readonly Rgb[] {
  const size = { widthPx: 192, heightPx: 32 };
  return grid(render(take, size, format), size, 6, 1);
}

interface Pixels {
  at(x: number, y: number): Rgb;
}

/** The first frame as `toScreen` makes it, read as a player would read that format. */
function render(take: SampleTake, size: { widthPx: number; heightPx: number }, format: ScreenFormat): Pixels {
  const { input, filters } = framesFrom(take, frames(0));
  const read = {
    video: 'scale=in_color_matrix=bt709:in_range=tv',
    jpeg: 'scale=in_color_matrix=bt601:in_range=pc',
    rgb: 'null',
  };
  const graph = `[0:${take.picture.streamIndex}]${filters},${toScreen(take.picture, size, format)},${read[format]},format=rgb24[out]`;
  const args = [...input, '-filter_complex', graph, ...words('-map [out] -frames:v 1 -f rawvideo pipe:1')];
  const { stdout, status, stderr } = spawnSync(ffmpegPath, ['-v', 'error', ...args], {
    cwd: folder.path,
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(String(stderr));
  expect(stdout.length).toBe(size.widthPx * size.heightPx * 3);
  return {
    at: (x, y) => {
      const place = (y * size.widthPx + x) * 3;
      return [stdout[place] ?? 0, stdout[place + 1] ?? 0, stdout[place + 2] ?? 0];
    },
  };
}

/** The middles of a grid of cells, row by row. */
function grid(pixels: Pixels, size: { widthPx: number; heightPx: number }, across: number, down: number): Rgb[] {
  return Array.from({ length: across * down }, (_, cell) => {
    const x = Math.floor((((cell % across) + 0.5) * size.widthPx) / across);
    const y = Math.floor(((Math.floor(cell / across) + 0.5) * size.heightPx) / down);
    return pixels.at(x, y);
  });
}

function farthest(seen: readonly Rgb[], from: readonly Rgb[] = colours): number {
  return Math.max(
    ...seen.flatMap((rgb, index) => rgb.map((value, channel) => Math.abs(value - (from[index]?.[channel] ?? 0)))),
  );
}

function nearestOf(rgb: Rgb, choices: readonly Rgb[]): number {
  const distances = choices.map((choice) => farthest([rgb], [choice]));
  return distances.indexOf(Math.min(...distances));
}
