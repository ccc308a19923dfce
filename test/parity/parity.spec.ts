import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { probeFfmpeg } from '../../engine/export/caps.ts';
import type { Delivery } from '../../engine/export/delivery.ts';
import { startExport } from '../../engine/export/start-export.ts';
import { runFfmpeg } from '../../engine/media/ffmpeg/run-ffmpeg.ts';
import type { RenderPlan } from '../../engine/render/plan.ts';
import { type Difference, difference, withoutAlpha } from './compare.ts';
import { type Fixture, ffmpegPath, fixtureNames, h264Source, makeFixtures, planOf, type Source } from './fixtures.ts';
import { type MediaSite, serveMediaSite } from './media-site.ts';

const here = import.meta.dirname;
let folder: string;
let site: MediaSite;
let fixtures: readonly Fixture[];

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom parity '));
  const pages = join(folder, 'pages');
  await build({ root: join(here, 'site'), configFile: false, logLevel: 'error', build: { outDir: pages } });
  const media = join(folder, 'media');
  mkdirSync(media);
  fixtures = await makeFixtures(media);
  site = await serveMediaSite(pages, media);
});

test.afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const name of fixtureNames) {
  test(`the viewer and the exporter agree: ${name}`, async ({ page }) => {
    const fixture = fixtureCalled(name);
    const found = await compareFrames(page, fixture, fixture.sources);
    console.log(describeAll(found));
    for (const { psnrDb, largest } of found) {
      expect(largest).toBeLessThanOrEqual(1);
      expect(psnrDb).toBeGreaterThanOrEqual(60);
    }
  });
}

test('the comparison turns red when the exporter takes 601 for 709', async ({ page }) => {
  const fixture = fixtureCalled('a 601 picture cropped, reduced three times and placed');
  const found = await compareFrames(page, fixture, fixture.sources.map(readAs709));
  console.log(describeAll(found));
  for (const { psnrDb, largest } of found) {
    expect(largest).toBeGreaterThan(10);
    expect(psnrDb).toBeLessThan(40);
  }
});

test('what is delivered looks like what was drawn: every bar of colour its own, and sharp in luma', async ({
  page,
}) => {
  const size = { widthPx: 640, heightPx: 360 };
  for (const matrix of ['bt709', 'bt601'] as const) {
    for (const range of ['limited', 'full'] as const) {
      const kind = { ...size, matrix, range, drawing: 'pal75bars=s=640x360:r=24' };
      const source = await h264Source(join(folder, 'media'), `bars-${matrix}-${range}`, kind);
      const plan = planOf(size, [{ in: 0, out: 24, layers: [[source, {}, 0]] }]);
      const film = await exportFilm(plan, [source], delivered);
      const drawn = await drawnFrame(page, plan, [source], 12);
      const apart = difference(barColours(drawn), barColours(await rgbOfFrame(film, 12, asDelivered)));
      console.log(`bars in ${matrix} ${range}: at most ${apart.largest} apart`);
      expect(apart.largest).toBeLessThanOrEqual(2);
    }
  }
  const { plan, sources } = fixtureCalled('a 709 picture that fills the frame');
  const film = await exportFilm(plan, sources, delivered);
  const drawn = lumaOf(await drawnFrame(page, plan, sources, 11));
  const luma = difference(drawn, lumaOf(await rgbOfFrame(film, 11, asDelivered)));
  console.log(`luma of delivered grain: ${luma.psnrDb.toFixed(1)} dB`);
  expect(luma.psnrDb).toBeGreaterThanOrEqual(38);
});

const delivered: Delivery = { kind: 'h264', crf: 18, preset: 'medium', audioKbps: 192 };

/** Reads a delivered film as a player does that believes its tags. */
const asDelivered =
  'zscale=matrixin=709:rangein=limited:chromalin=left:matrix=gbr:range=full:filter=bilinear,format=gbrp';

function fixtureCalled(name: string): Fixture {
  const found = fixtures.find((fixture) => fixture.name === name);
  if (!found) throw new Error(`no fixture "${name}"`);
  return found;
}

/** Frames as the exact compositor draws them, against the same frames of the exported film. */
async function compareFrames(page: Page, { plan, compared }: Fixture, sources: readonly Source[]) {
  const film = await exportFilm(plan, sources, { kind: 'ffv1' });
  const found: Difference[] = [];
  for (const at of compared) {
    found.push(difference(await drawnFrame(page, plan, sources, at), await rgbOfFrame(film, at)));
  }
  return found;
}

async function exportFilm(plan: RenderPlan, sources: readonly Source[], delivery: Delivery): Promise<string> {
  const path = join(folder, `film ${crypto.randomUUID()}`);
  const exported = await startExport({
    ...{ plan, path, delivery, threads: 2, appVersion: '0', temporaryFolder: folder },
    ...{ unfinished: 'refuse', existing: 'refuse' },
    takes: new Map(sources.map((source) => [source.id, source.exported])),
    ffmpeg: await probeFfmpeg(ffmpegPath),
  });
  expect(exported).toMatchObject({ kind: 'finished' });
  return path;
}

async function drawnFrame(page: Page, plan: RenderPlan, sources: readonly Source[], at: number): Promise<Uint8Array> {
  if (page.url() !== site.address) await page.goto(site.address);
  const request = {
    plan,
    at,
    takes: sources.map((source) => [source.id, source.playable] as const),
    files: sources.map((source) => [source.id, source.file] as const),
  };
  return withoutAlpha(Buffer.from(await page.evaluate((sent) => window.drawExactly(sent), request), 'base64'));
}

async function rgbOfFrame(film: string, at: number, convert = 'null'): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  const chosen = ['-i', film, '-vf', `select=eq(n\\,${at}),${convert}`, '-frames:v', '1'];
  await runFfmpeg(ffmpegPath, [...chosen, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], {
    onOutput: (piece) => void pieces.push(piece),
  });
  return Buffer.concat(pieces);
}

/** The mean colour of the middle of each of eight bars across 640×360 pixels. */
function barColours(rgb: Uint8Array): Uint8Array {
  const means = new Uint8Array(24);
  for (let at = 0; at < means.length; at++) {
    const [bar, channel] = [Math.floor(at / 3), at % 3];
    let sum = 0;
    for (let y = 100; y < 260; y++) {
      for (let x = bar * 80 + 20; x < bar * 80 + 60; x++) sum += rgb[(y * 640 + x) * 3 + channel] ?? 0;
    }
    means[at] = Math.round(sum / (160 * 40));
  }
  return means;
}

function lumaOf(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, at) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(at * 3, at * 3 + 3);
    return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  });
}

// Only the exporter is misled; the window reads the file as it is.
function readAs709(source: Source): Source {
  const { exported } = source;
  if (exported.kind !== 'ready' || !exported.picture) return source;
  const { picture } = exported;
  const stream = { ...picture.stream, colour: { ...picture.stream.colour, matrix: 'bt709' as const } };
  return { ...source, exported: { ...exported, picture: { ...picture, stream } } };
}

function describeAll(found: readonly Difference[]): string {
  return found.map(({ psnrDb, largest }) => `${psnrDb.toFixed(1)} dB, max ${largest}`).join('; ');
}
