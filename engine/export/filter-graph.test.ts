import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FrameTable } from '../contract/frame-table-file.ts';
import { noCrop } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import { frames, type Rate, takeFrameAt } from '../document/time.ts';
import type { Rectangle } from '../render/placement.ts';
import { layerFrame, type RenderPlan, spanAt } from '../render/plan.ts';
import { probeFfmpeg } from './caps.ts';
import type { PictureFile } from './export-take.ts';
import { pieceGraph } from './filter-graph.ts';
import { cutIntoPieces } from './pieces.ts';
import { pieceArguments } from './render-film.ts';
import {
  ffmpegPath,
  makeNumberedClip,
  numberedStream,
  numbersOf,
  outputOf,
  planOfSpans,
} from './testing/numbered-clips.ts';

const folder = mkdtempSync(join(tmpdir(), 'shotloom export 漢字 '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ffmpeg = await probeFfmpeg(ffmpegPath);

const rates = {
  '12': { num: 12, den: 1 },
  '23.976': { num: 24000, den: 1001 },
  '24': { num: 24, den: 1 },
  '29.97': { num: 30000, den: 1001 },
  '60': { num: 60, den: 1 },
} as const;

const encodings = {
  // One key frame in 250 and reordered frames: a seek that lands wrong shows at once.
  mp4: ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '250', '-bf', '3', '-qp', '20'],
  // Times rounded to milliseconds.
  mkv: ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '12', '-bf', '2', '-qp', '20'],
} as const;

/** Every frame of a plan, as the number it shows; 0 is also black. */
async function numbersShown(plan: RenderPlan, file: PictureFile): Promise<number[]> {
  const shown: number[] = [];
  for (const piece of cutIntoPieces(plan, () => file)) {
    const graph = pieceGraph(plan, piece, ffmpeg.resampler, 'yuv420p');
    shown.push(...numbersOf(await outputOf(pieceArguments(graph, 2)), (64 * 64 * 3) / 2));
  }
  return shown;
}

/** What the plan says every frame shows. */
function numbersPlanned(plan: RenderPlan): number[] {
  return Array.from({ length: plan.length }, (_, at) => {
    const span = spanAt(plan, frames(at));
    const layer = span?.layers[0];
    return span && layer ? layerFrame(plan, span, layer, frames(at)) : 0;
  });
}

const clips = new Map<string, PictureFile & { readonly frameTable: FrameTable }>();
const frameCount = 150;
const clipOf = (rate: string, container: string) => clips.get(`${rate}.${container}`) ?? expect.fail('no such clip');

beforeAll(async () => {
  for (const [name, rate] of Object.entries(rates)) {
    for (const [container, encode] of Object.entries(encodings)) {
      const path = join(folder, `${name}.${container}`);
      clips.set(`${name}.${container}`, await makeNumberedClip({ rate, frameCount, path, encode }));
    }
  }
}, 60_000);

const cases = Object.keys(rates).flatMap((take) =>
  ['24', '29.97'].flatMap((sequence) =>
    Object.keys(encodings).map((container) => [take, sequence, container] as const),
  ),
);

test.each(cases)('every frame of a %s take in a %s film is the one planned (%s)', async (take, sequence, container) => {
  const rate = rates[sequence as keyof typeof rates];
  const takeRate: Rate = rates[take as keyof typeof rates];
  const last = Math.floor((frameCount * rate.num * takeRate.den) / (rate.den * takeRate.num));
  // From its head, cut and left in place, entered deep, one frame long, and past its end, where it holds.
  const plan = planOfSpans(rate, { rate: takeRate, frameCount }, [
    [0, 7, 0],
    [7, 12, 7],
    [12, 20],
    [20, 33, last - 40],
    [33, 34, 13],
    [34, 44, last - 5],
  ]);
  expect(await numbersShown(plan, clipOf(take, container))).toEqual(numbersPlanned(plan));
});

test('sixty cuts through one clip miss no frame and show none twice', async () => {
  const rate = rates['29.97'];
  const spans = Array.from({ length: 60 }, (_, index) => [index * 2, index * 2 + 2, index * 2] as const);
  const plan = planOfSpans(rate, { rate, frameCount }, spans);
  expect(await numbersShown(plan, clipOf('29.97', 'mp4'))).toEqual(Array.from({ length: 120 }, (_, at) => at));
});

test('the same cuts in reverse order are found by seeking, each exactly', async () => {
  const rate = rates['29.97'];
  const spans = Array.from({ length: 40 }, (_, index) => [index * 2, index * 2 + 2, 118 - index * 3] as const);
  const plan = planOfSpans(rate, { rate, frameCount }, spans);
  expect(await numbersShown(plan, clipOf('29.97', 'mkv'))).toEqual(numbersPlanned(plan));
});

test('a clip of variable rate shows at every frame the last picture that had begun, and does not drift', async () => {
  // Frames 5, 6, 20 and 31 to 40 never came; times in milliseconds.
  const dropped = "select='not(eq(n,5)+eq(n,6)+eq(n,20)+between(n,31,40))'";
  const rate = rates['29.97'];
  const path = join(folder, 'variable.mkv');
  const clip = await makeNumberedClip({ rate, frameCount: 87, path, encode: encodings.mkv, filters: dropped });
  const file = { ...clip, frameTable: { ...clip.frameTable, timing: 'variable' as const, frameCount: 100 } };
  const there = (frame: number) => {
    let last = frame;
    while (last === 5 || last === 6 || last === 20 || (last >= 31 && last <= 40)) last--;
    return last;
  };
  const plan = planOfSpans(rates['24'], { rate, frameCount: 100 }, [
    [0, 40, 0],
    [40, 60, 25],
  ]);
  const planned = numbersPlanned(plan).map(there);
  expect(await numbersShown(plan, file)).toEqual(planned);
});

test('a file whose picture starts late is read by its own times', async () => {
  const rate = rates['24'];
  const path = join(folder, 'late.mkv');
  const encode = [...encodings.mkv, '-output_ts_offset', '10'];
  const clip = await makeNumberedClip({ rate, frameCount: 60, path, encode });
  expect(clip.frameTable.ticks[0]).toBe(10000);
  const plan = planOfSpans(rate, { rate, frameCount: 60 }, [
    [0, 10, 0],
    [10, 20, 33],
  ]);
  expect(await numbersShown(plan, clip)).toEqual(numbersPlanned(plan));
});

test('a file of ours needs no table: frame n is at n / rate', async () => {
  const rate = rates['12'];
  const path = join(folder, 'ours.mkv');
  const { stream } = await makeNumberedClip({ rate, frameCount: 40, path, encode: ['-c:v', 'ffv1', '-g', '1'] });
  const plan = planOfSpans(rates['23.976'], { rate, frameCount: 40 }, [
    [0, 30, 11],
    [30, 40, 60],
  ]);
  expect(await numbersShown(plan, { path, stream, container: 'matroska' })).toEqual(numbersPlanned(plan));
});

test('the floor rule is what ffmpeg computes, far into a long take', () => {
  // An hour and a half in at 29.97 in 24: the numbers behind the expression stay whole.
  const offset = frames(24 * 60 * 90 + 7);
  expect(takeFrameAt(offset, rates['29.97'], rates['24'])).toBe(Math.floor((offset * 1250) / 1001));
});

test.each(['zscale', 'swscale'] as const)(
  'around an inset the base’s own samples are delivered, and where it lies to the bit what composing all gives (%s)',
  async (resampler) => {
    // Colours that change from pixel to pixel, so that a filter that met an edge would show.
    const [base, inset] = await Promise.all(['mandelbrot=s=320x180:r=24', 'testsrc2=s=320x180:r=24'].map(colourful));
    if (!base || !inset) throw new Error('no clips');
    const rate = rates['24'];
    const picture = { kind: 'moving' as const, rate, frameCount: 8, widthPx: 320, heightPx: 180 };
    const layer = (id: string, framing: object) => ({
      takeId: id as TakeId,
      sourceIn: frames(0),
      framing: { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1, ...framing },
    });
    const files = new Map([base, inset].map((file, at) => [at === 0 ? 'base' : 'inset', file]));
    const take = (id: string) => ({ id: id as TakeId, name: id, origin: 'imported' as const, picture });
    const takes = { base: take('base'), inset: take('inset') } as RenderPlan['takes'];
    // In the middle at odd pixels, see-through; and over a corner of the frame.
    for (const place of [
      { scale: 0.31, xPx: 33, yPx: -17, opacity: 0.8 },
      { scale: 0.4, xPx: 130, yPx: 70 },
    ]) {
      const layers = [layer('base', {}), layer('inset', place)];
      const spans = [{ in: frames(0), out: frames(8), layers }];
      const size = { widthPx: 320, heightPx: 180 };
      const plan: RenderPlan = { ...size, rate, sampleRateHz: 48000, length: frames(8), spans, sounds: [], takes };
      const [piece] = cutIntoPieces(plan, (id) => files.get(id));
      const showing = piece?.shows[0];
      if (!piece || showing?.kind !== 'inset') throw new Error(`no inset but ${showing?.kind}`);
      const composed = { ...showing, kind: 'composed' as const, layers: [showing.base, ...showing.layers] };
      const rendered = async (shows: typeof piece.shows) =>
        outputOf(pieceArguments(pieceGraph(plan, { ...piece, shows }, resampler, 'yuv420p'), 2));
      const [asInset, asWhole] = [await rendered(piece.shows), await rendered([composed])];
      const source = await outputOf(['-i', base.path, '-frames:v', '8', '-f', 'rawvideo', 'pipe:1']);
      expect(asInset.equals(laid(asWhole, source, showing.changed))).toBe(true);
      expect(asInset.equals(source)).toBe(false);
      const inRgb = (shows: typeof piece.shows) =>
        outputOf(pieceArguments(pieceGraph(plan, { ...piece, shows }, resampler, 'gbrp'), 2));
      expect((await inRgb(piece.shows)).equals(await inRgb([composed]))).toBe(true);
    }
  },
);

async function colourful(source: string): Promise<PictureFile> {
  const path = join(folder, `${source.slice(0, 4)}.mp4`);
  const tags = ['-colorspace', 'bt709', '-color_range', 'tv'];
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '1', '-pix_fmt', 'yuv420p', ...tags];
  await outputOf(['-y', '-f', 'lavfi', '-i', source, '-frames:v', '8', ...coding, path]);
  return {
    path,
    container: 'mp4',
    stream: { ...numberedStream, codedWidthPx: 320, codedHeightPx: 180 },
  };
}

/** A rectangle of one film over another, sample by sample: 320×180, 4:2:0. */
function laid(inside: Buffer, outside: Buffer, { left, top, right, bottom }: Rectangle): Buffer {
  const film = Buffer.from(outside);
  const frameBytes = (320 * 180 * 3) / 2;
  for (let frame = 0; frame < film.length; frame += frameBytes) {
    for (const [from, width, by] of [
      [0, 320, 1],
      [320 * 180, 160, 2],
      [320 * 180 * 1.25, 160, 2],
    ] as const) {
      for (let y = top / by; y < bottom / by; y++) {
        const row = frame + from + y * width;
        inside.copy(film, row + left / by, row + left / by, row + right / by);
      }
    }
  }
  return film;
}
