import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { FailureError } from '../../engine/contract/failure.ts';
import type { MediaId } from '../../engine/contract/ids.ts';
import { numberedTake, planOfSpans } from '../../engine/export/testing/numbered-clips.ts';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import { runFfmpeg } from '../../engine/media/ffmpeg/run-ffmpeg.ts';
import { prepareTake, probeFile } from '../../engine/media/ingest.ts';
import type { PlayableTake } from '../../renderer/playback/player.ts';
import { serveMediaSite } from '../parity/media-site.ts';
import { openBrowser } from './browser.ts';
import { inMilliseconds, type Spread, spreadOf, tell } from './figures.ts';

// How long a picture takes to come after the playhead is put somewhere: the window's own player in Chromium, over the
// proxy that importing makes of a 1080p film with long groups of pictures; beside decoding one group of that proxy.
const rate = { num: 30, den: 1 };
const frameCount = 600;
const groupFrames = 6;
/** Seeks and bare decoding in turn, so that both meet the same machine. */
const rounds = 4;
const seeksARound = 30;
/** Two frames of the screen: one to hear of the request, one to draw. */
const screenMs = 34;

const ffmpegPath = findFfmpeg();
const folder = mkdtempSync(join(tmpdir(), 'shotloom-seek-bench-'));
try {
  await measure();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  const [pages, media] = [join(folder, 'pages'), join(folder, 'media')];
  await build({
    root: join(import.meta.dirname, 'seek-site'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: pages },
  });
  mkdirSync(media);
  const take = await proxiedTake(join(media, 'proxy.mp4'));
  const site = await serveMediaSite(pages, media);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(site.address);
    const seeking: number[] = [];
    const decoding: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const wanted = Array.from({ length: seeksARound }, (_, seek) => placeOf(round * seeksARound + seek));
      seeking.push(...(await seekTimes(page, take, wanted)));
      decoding.push(...(await decodingTimes(page, `${site.address}media/proxy.mp4`, wanted)));
    }
    report(spreadOf(seeking), spreadOf(decoding));
  } finally {
    await browser.close();
    await site.close();
  }
}

function report(seeking: Spread, decoding: Spread): void {
  tell({
    what: 'seek on a proxy, request to picture',
    measured: inMilliseconds(seeking),
    beside: `${(seeking.p50 / decoding.p50).toFixed(2)} × decoding one group of pictures (${inMilliseconds(decoding)})`,
    bound: {
      words: `p50 ≤ one group + ${screenMs} ms`,
      isMet: seeking.p50 <= decoding.p50 + screenMs,
    },
  });
}

/** Far from the last one, and each frame once. */
function placeOf(seek: number): number {
  return (seek * 7919 + 311) % frameCount;
}

function seekTimes(page: Page, take: PlayableTake, wanted: readonly number[]): Promise<number[]> {
  const plan = planOfSpans(rate, { rate, frameCount }, [[0, frameCount, 0]]);
  const takes = [[numberedTake, take]] as const;
  return page.evaluate((request) => window.timeSeeks(request), { plan, takes, wanted });
}

function decodingTimes(page: Page, url: string, wanted: readonly number[]): Promise<number[]> {
  const from = wanted.map((at) => (Math.floor(at / groupFrames) * groupFrames) / rate.num);
  const length = (groupFrames - 0.5) / rate.num;
  return page.evaluate(([url, from, length]) => window.timeDecoding(url, from, length), [url, from, length] as const);
}

/** A film as it comes in, and its proxy put where the site can serve it. */
async function proxiedTake(proxyPath: string): Promise<PlayableTake> {
  const path = join(folder, 'film.mp4');
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '300'];
  const drawing = ['-f', 'lavfi', '-i', 'testsrc2=s=1920x1080:r=30', '-frames:v', `${frameCount}`];
  await runFfmpeg(ffmpegPath, [...drawing, ...coding, path]);
  const probed = await probeFile(path, { takeId: numberedTake, projectFolder: folder, ffmpegPath });
  if (probed.kind === 'failed') throw new FailureError(probed.failure);
  const { picture } = await prepareTake(probed.value, { path, cacheFolder: join(folder, 'cache'), ffmpegPath });
  const { picture: stream } = probed.value.origin.media;
  if (picture?.kind !== 'proxy' || !stream) throw new Error('no proxy was made');
  copyFileSync(picture.path, proxyPath);
  const { widthPx, heightPx } = picture;
  return { picture: { source: { kind: 'proxy', media: 'proxy.mp4' as MediaId, widthPx, heightPx }, stream } };
}
