import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { encodeFrameTable, type FrameTable } from '../../engine/contract/frame-table-file.ts';
import type { MediaId } from '../../engine/contract/ids.ts';
import type { PictureSource } from '../../engine/contract/library.ts';
import type { PictureStream, TakeRecord } from '../../engine/contract/take.ts';
import type { TakePicture } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { probeFile } from '../../engine/media/ingest.ts';
import { readFrames } from '../../engine/media/probe/probe.ts';
import { ffmpegPath } from '../../engine/media/sample-media.ts';
import { takeTable } from '../../engine/media/timing/take-table.ts';
import { proxyNeed } from '../../engine/media/view/proxy.ts';
import type { PictureFile } from '../../renderer/playback/pictures/protocol.ts';
import { exportTake, filmFrames, rgbOfFilm, throughTheApp } from '../media/through-the-app.ts';
import { difference, withoutAlpha } from './compare.ts';
import { type MediaSite, serveMediaSite } from './media-site.ts';

// Footage that the window plays as it is, without a proxy: what Chromium decodes of it and the exact compositor draws,
// against the film that is exported of it.

const footage = join(import.meta.dirname, '../fixtures/media');
let folder: string;
let site: MediaSite;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom footage '));
  const pages = join(folder, 'pages');
  const root = join(import.meta.dirname, 'site');
  await build({ root, configFile: false, logLevel: 'error', build: { outDir: pages } });
  const media = join(folder, 'media');
  mkdirSync(media);
  site = await serveMediaSite(pages, media);
});

test.afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** In 255. */
const largestApart = 1;

const originals = [
  ...['bbb_avc_bpyramid_sar64x45.mp4', 'bbb_vp9_60fps_vorbis_5_1.webm', 'bt601_matrix.mov', 'embedded_srt.mkv'],
  ...['gamma22_transfer_fullrange.mp4', 'nasa_2video_2audio_subs.mp4', 'srgb_transfer.mp4'],
  ...['testpattern_bt709_full_range.mp4', 'vp9_odd_161x121.webm'],
];

for (const name of originals) {
  test(`the window shows the frames of ${name} that are exported`, async ({ page }) => {
    const { record, picture, table, stream } = await originalOf(name);
    const scratch = mkdtempSync(join(folder, 'film-'));
    const film = await exportTake(join(footage, name), record, { table, files: {}, scratch });
    const { file, source } = serve(name, picture, table);
    const takes = [[record.facts.id, { picture: { source, stream } }]] as const;
    const files = [[record.facts.id, file]] as const;
    const asked = filmFrames(film, [0, Math.floor(picture.frameCount / 2), picture.frameCount - 1]);
    const expected = await rgbOfFilm(film, asked);
    await page.goto(site.address);
    for (const [index, at] of asked.entries()) {
      const drawn = await page.evaluate((sent) => window.drawExactly(sent), { plan: film.plan, takes, files, at });
      const seen = withoutAlpha(Buffer.from(drawn, 'base64'));
      const { largest } = difference(seen, expected[index] ?? new Uint8Array());
      expect(largest, `frame ${at}`).toBeLessThanOrEqual(largestApart);
    }
  });
}

test('photographs lie as the browser itself turns them by their Exif, in the window and in the film', async ({
  page,
}) => {
  await page.goto(site.address);
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const name = `photo_exif_${orientation}.jpg`;
    const path = join(footage, name);
    const record = await recordOf(path);
    const scratch = mkdtempSync(join(folder, 'film-'));
    const { film, files } = await throughTheApp(path, record, scratch);
    if (files.picture?.kind !== 'still') throw new Error(`${name} is no still`);
    copyFileSync(files.picture.path, join(folder, 'media', `${name}.png`));
    copyFileSync(path, join(folder, 'media', name));
    const [exported = new Uint8Array()] = await rgbOfFilm(film, [0]);
    const takes = [[record.facts.id, { picture: { source: stillOf(name), stream: streamOf(record) } }]] as const;
    const drawnFrom = [[record.facts.id, { kind: 'still', url: `/media/${name}.png` }]] as const;
    const sent = { plan: film.plan, takes, files: drawnFrom, at: 0 };
    const drawn = await page.evaluate((asked) => window.drawExactly(asked), sent);
    expect(difference(withoutAlpha(Buffer.from(drawn, 'base64')), exported).largest, name).toBeLessThanOrEqual(1);
    const turned = await page.evaluate(async (url) => {
      const picture = await createImageBitmap(await (await fetch(url)).blob(), { imageOrientation: 'from-image' });
      const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      canvas?.drawImage(picture, 0, 0);
      return [...(canvas?.getImageData(0, 0, picture.width, picture.height).data ?? [])];
    }, `/media/${name}`);
    // Two JPEG decoders; a turn too many leaves less than 15 dB of it.
    expect(difference(withoutAlpha(Buffer.from(turned)), exported).psnrDb, name).toBeGreaterThan(30);
  }
});

/** Puts a file and its table where the page finds them. */
function serve(name: string, { rate, frameCount }: MovingPicture, table: FrameTable) {
  copyFileSync(join(footage, name), join(folder, 'media', name));
  writeFileSync(join(folder, 'media', `${name}.table`), encodeFrameTable(table));
  const [media, frameTable] = [name as MediaId, `${name}.table` as MediaId];
  const source: PictureSource = { kind: 'original', media, mime: '', frameTable };
  const urls = { url: `/media/${name}`, frameTableUrl: `/media/${name}.table` };
  const file: PictureFile = { kind: 'moving', ...urls, rate, frameCount, isProxy: false };
  return { source, file };
}

type MovingPicture = Extract<TakePicture, { kind: 'moving' }>;

function stillOf(name: string): PictureSource {
  return { kind: 'still', media: name as MediaId };
}

function streamOf({ origin }: TakeRecord): PictureStream {
  if (!origin.media.picture) throw new Error('there is no picture');
  return origin.media.picture;
}

async function recordOf(path: string): Promise<TakeRecord> {
  const probed = await probeFile(path, { takeId: 'take' as TakeId, projectFolder: footage, ffmpegPath });
  if (probed.kind === 'failed') throw new Error(`${path} was refused`);
  return probed.value;
}

/** A file that the window can show without a proxy. */
async function originalOf(name: string) {
  const path = join(footage, name);
  const record = await recordOf(path);
  const { facts, origin } = record;
  if (facts.picture?.kind !== 'moving' || !origin.media.picture) throw new Error(`${name} has no moving picture`);
  const table = takeTable(await readFrames(path, origin.media, { ffmpegPath }));
  expect(proxyNeed(origin.media, table)).not.toBe('must');
  return { record, picture: facts.picture, stream: origin.media.picture, table };
}
