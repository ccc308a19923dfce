import { expect, test } from 'vitest';
import type { PictureStream } from '../contract/take.ts';
import { codedPlacement } from '../render/coded-picture.ts';
import type { Resampler } from './caps.ts';
import { toDelivery, toPlace, toRgb } from './layer-chain.ts';
import { numberedStream, outputOf } from './testing/numbered-clips.ts';

/** The samples of one frame of a generated picture after a chain of filters. */
async function samplesAfter(source: string, filters: readonly string[], pixelFormat: string): Promise<Buffer> {
  const chain = [source, ...filters].join(',');
  return outputOf(['-f', 'lavfi', '-i', chain, '-frames:v', '1', '-pix_fmt', pixelFormat, '-f', 'rawvideo', 'pipe:1']);
}

function psnrDb(a: Buffer, b: Buffer): number {
  expect(a.length).toBe(b.length);
  let squares = 0;
  for (const [at, value] of a.entries()) squares += (value - (b[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 * 255 * a.length) / squares);
}

const size = { widthPx: 320, heightPx: 180 };
const stream: PictureStream = { ...numberedStream, codedWidthPx: size.widthPx, codedHeightPx: size.heightPx };

/** Filters from the samples of that stream to RGB of another size. */
function scaledTo(right: number, bottom: number, resampler: Resampler): string[] {
  const source = { left: 0, top: 0, right: size.widthPx, bottom: size.heightPx };
  const placed = codedPlacement({ source, target: { left: 0, top: 0, right, bottom } }, size, stream);
  return [...toRgb(stream, resampler), ...toPlace(placed, size, resampler)];
}

const hardEdges = 'testsrc2=s=320x180,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';

test('an ffmpeg without zscale comes within 55 dB of one that has it, on the way in, in size and on the way out', async () => {
  const scaled = (resampler: Resampler) => samplesAfter(hardEdges, scaledTo(107, 60, resampler), 'gbrp');
  expect(psnrDb(await scaled('zscale'), await scaled('swscale'))).toBeGreaterThan(55);
  const delivered = (resampler: Resampler) =>
    samplesAfter('testsrc2=s=320x180,format=gbrp', toDelivery(resampler), 'yuv420p');
  const luma = (picture: Buffer) => picture.subarray(0, 320 * 180);
  expect(psnrDb(luma(await delivered('zscale')), luma(await delivered('swscale')))).toBeGreaterThan(55);
});

test('the picture is the same however many threads make it', async () => {
  const chain = [...scaledTo(1280, 720, 'zscale'), ...toDelivery('zscale')];
  const colourful = 'mandelbrot=s=320x180,scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
  const madeBy = (threads: number) =>
    outputOf([
      ...['-filter_complex_threads', `${threads}`, '-filter_complex', `${[colourful, ...chain].join(',')}[out]`],
      ...['-map', '[out]', '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
    ]);
  const alone = await madeBy(1);
  for (const threads of [2, 5]) expect((await madeBy(threads)).equals(alone), `${threads} threads`).toBe(true);
});

test('a bar of each colour is read by the matrix and range it was written with', async () => {
  for (const matrix of ['bt709', 'bt601'] as const) {
    for (const range of ['limited', 'full'] as const) {
      const source = `color=c=0xc04020:s=64x64,format=gbrp,scale=out_color_matrix=${matrix}:out_range=${range},format=yuv420p`;
      const coded = { ...numberedStream, colour: { ...numberedStream.colour, matrix, range } };
      const [green = 0, blue = 0, red = 0] = [0, 1, 2].map((plane) => rgbPlane(plane));
      const picture = await samplesAfter(source, toRgb(coded, 'zscale'), 'gbrp');
      expect(Math.abs((picture[red] ?? 0) - 0xc0)).toBeLessThanOrEqual(2);
      expect(Math.abs((picture[green] ?? 0) - 0x40)).toBeLessThanOrEqual(2);
      expect(Math.abs((picture[blue] ?? 0) - 0x20)).toBeLessThanOrEqual(2);
    }
  }
});

// Where the middle sample of a 64×64 plane lies: green, blue, red.
function rgbPlane(plane: number): number {
  return plane * 64 * 64 + 32 * 64 + 32;
}

test('a picture with alpha lies on black, and keeps its alpha where it is asked to', async () => {
  const half = 'color=c=0xc04020@0.5:s=64x64,format=rgba,scale=out_color_matrix=bt709:out_range=tv,format=yuva444p12le';
  const coded = { ...numberedStream, hasAlpha: true, pixelFormat: 'yuva444p12le' };
  const onBlack = await samplesAfter(half, toRgb(coded, 'zscale'), 'gbrp');
  expect(Math.abs((onBlack[rgbPlane(2)] ?? 0) - 0x60)).toBeLessThanOrEqual(2);
  const kept = await samplesAfter(half, toRgb(coded, 'zscale', 'gbrap'), 'gbrap');
  expect(Math.abs((kept[rgbPlane(3)] ?? 0) - 128)).toBeLessThanOrEqual(1);
});

test('gray pictures become gray RGB, black black and white white', async () => {
  const gray = {
    ...numberedStream,
    codec: 'mjpeg',
    pixelFormat: 'gray',
    colour: { ...numberedStream.colour, range: 'full' as const },
  };
  for (const level of [0, 128, 255]) {
    const picture = await samplesAfter(`color=s=64x64,format=gray,lut=c0=${level}`, toRgb(gray, 'zscale'), 'gbrp');
    expect([0, 1, 2].map((plane) => picture[rgbPlane(plane)])).toEqual([level, level, level]);
  }
});
