import { expect, test } from 'vitest';
import type { PictureStream } from '../contract/take.ts';
import { cutToCoded, filledUp } from './fill-up.ts';
import { toRgb } from './layer-chain.ts';
import { numberedStream, outputOf } from './testing/numbered-clips.ts';

/** The RGB of one frame of a generated picture, by way of `filledUp`. */
async function rgbOf(source: string, stream: PictureStream, resampler: 'zscale' | 'swscale'): Promise<Buffer> {
  const whole = filledUp(stream, '[source]', '[whole]', 'w');
  const chain = toRgb(stream, resampler, stream.hasAlpha ? 'gbrap' : 'gbrp').join(',');
  const graph = [`${source}[source]`, ...whole, `[${whole.length > 0 ? 'whole' : 'source'}]${chain}[out]`].join(';');
  return outputOf(['-filter_complex', graph, '-map', '[out]', '-frames:v', '1', '-f', 'rawvideo', 'pipe:1']);
}

function largestApart(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, at) => Math.max(largest, Math.abs(value - (b[at] ?? 0))), 0);
}

const odd = { codedWidthPx: 161, codedHeightPx: 121 };

// A picture of odd size is one of even size whose last column and row are not shown: its chroma covers them.
for (const pixelFormat of ['yuv420p', 'yuv420p10le', 'yuv422p', 'yuv440p', 'yuva420p', 'yuv410p', 'yuv444p']) {
  test(`the last column and row of an odd picture in ${pixelFormat} have their own colour`, async () => {
    const source = `testsrc2=s=164x124,format=gbrap,scale=out_color_matrix=bt709:out_range=tv,format=${pixelFormat}`;
    const stream = { ...numberedStream, pixelFormat, hasAlpha: pixelFormat.startsWith('yuva') };
    const even = { ...stream, codedWidthPx: 164, codedHeightPx: 124 };
    for (const resampler of ['zscale', 'swscale'] as const) {
      const whole = await rgbOf(`${source},crop=161:121:0:0:exact=1`, { ...stream, ...odd }, resampler);
      const cut = await rgbOf(source, even, resampler);
      expect(largestApart(whole, croppedTo(161, 121, cut, stream.hasAlpha ? 4 : 3)), resampler).toBe(0);
    }
  });
}

/** The upper left of a 164×124 picture of several planes. */
function croppedTo(widthPx: number, heightPx: number, picture: Buffer, planeCount: number): Buffer {
  const rows = Array.from({ length: planeCount * heightPx }, (_, row) => {
    const from = Math.floor(row / heightPx) * 164 * 124 + (row % heightPx) * 164;
    return picture.subarray(from, from + widthPx);
  });
  return Buffer.concat(rows);
}

test('nothing is done to a picture that ends with its chroma samples', () => {
  const fits = [
    numberedStream,
    ...['yuv444p', 'gray', 'gbrp'].map((pixelFormat) => ({ ...numberedStream, ...odd, pixelFormat })),
    { ...numberedStream, ...odd, codedWidthPx: 162, pixelFormat: 'yuv422p' },
  ];
  for (const stream of fits) expect([filledUp(stream, '[a]', '[b]', 'w'), cutToCoded(stream)]).toEqual([[], []]);
});
