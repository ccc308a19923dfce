import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { encodeFrameTable } from '../../engine/contract/frame-table-file.ts';
import type { MediaId } from '../../engine/contract/ids.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { frames } from '../../engine/document/time.ts';
import {
  makeNumberedClip,
  numberedStream,
  numberedTake,
  planOfSpans,
} from '../../engine/export/testing/numbered-clips.ts';
import type { RenderPlan } from '../../engine/render/plan.ts';
import type { PlayableTake } from '../../renderer/playback/player.ts';
import { type MediaSite, serveMediaSite } from './media-site.ts';

const rate = { num: 24, den: 1 };
const frameCount = 120;
let folder: string;
let site: MediaSite;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom playback '));
  const [pages, media] = [join(folder, 'pages'), join(folder, 'media')];
  await build({
    root: join(import.meta.dirname, 'site'),
    configFile: false,
    logLevel: 'error',
    build: { outDir: pages },
  });
  mkdirSync(media);
  const proxy = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '6', '-bf', '0', '-qp', '18'];
  await makeNumberedClip({ rate, frameCount, path: join(media, 'proxy.mp4'), encode: proxy });
  const camera = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '60', '-bf', '2', '-qp', '18'];
  const original = await makeNumberedClip({ rate, frameCount, path: join(media, 'original.mp4'), encode: camera });
  writeFileSync(join(media, 'original-table'), encodeFrameTable(original.frameTable));
  const slow = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '120', '-bf', '0', '-qp', '18'];
  const filters = 'scale=1280:1280:flags=neighbor';
  await makeNumberedClip({ rate, frameCount, path: join(media, 'slow.mp4'), encode: slow, filters });
  writeFileSync(join(media, 'ramp.wav'), rampWav(frameCount * 2000));
  site = await serveMediaSite(pages, media);
});

test.afterAll(async () => {
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

const fromProxy: PlayableTake = {
  picture: {
    source: { kind: 'proxy', media: 'proxy.mp4' as MediaId, widthPx: 64, heightPx: 64 },
    stream: numberedStream,
  },
};
const fromOriginal: PlayableTake = {
  picture: {
    source: {
      ...{ kind: 'original', media: 'original.mp4' as MediaId, mime: 'video/mp4' },
      frameTable: 'original-table' as MediaId,
    },
    stream: numberedStream,
  },
};
/** One key frame in 120 of 1280×1280: half a second to the middle of it. */
const slowOriginal: PlayableTake = {
  picture: {
    source: { kind: 'original', media: 'slow.mp4' as MediaId, mime: 'video/mp4' },
    stream: { ...numberedStream, codedWidthPx: 1280, codedHeightPx: 1280 },
  },
};
const sounding: PlayableTake = { ...fromProxy, sound: 'ramp.wav' as MediaId };

/** A sound whose samples rise by one, over and over, so that each says which it is. */
function rampWav(length: number): Uint8Array {
  const bytes = Buffer.alloc(44 + length * 4);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + length * 4, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(48000, 24);
  bytes.writeUInt32LE(48000 * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(length * 4, 40);
  for (let at = 0; at < length; at++) {
    bytes.writeInt16LE(at % 30000, 44 + at * 4);
    bytes.writeInt16LE(at % 30000, 46 + at * 4);
  }
  return bytes;
}

const whole = planOfSpans(rate, { rate, frameCount }, [[0, frameCount, 0]]);
const withSound: RenderPlan = {
  ...whole,
  sounds: [{ in: frames(0), out: frames(frameCount), takeId: numberedTake, sourceIn: frames(0), gainDb: 0 }],
};

async function openPlayer(page: Page, plan: RenderPlan, take: PlayableTake, ready = true): Promise<void> {
  await page.goto(site.address);
  const takes: [TakeId, PlayableTake][] = [[numberedTake, take]];
  await page.evaluate(([plan, takes]) => window.openPlayer(plan, takes), [plan, takes] as const);
  if (ready) await page.waitForFunction(() => window.player.state.picture === 'current');
}

for (const [name, take] of [
  ['a proxy', fromProxy],
  ['an original with long groups of pictures', fromOriginal],
] as const) {
  test(`stepping through ${name} shows every frame, there and back`, async ({ page }) => {
    await openPlayer(page, whole, take);
    const shown = await page.evaluate(async (count) => {
      const numbers: number[] = [];
      const settle = async () => {
        while (window.player.state.picture !== 'current') await new Promise(requestAnimationFrame);
        numbers.push(window.readNumber());
      };
      await settle();
      for (let step = 1; step < count; step++) {
        window.player.step(1);
        await settle();
      }
      for (let step = 1; step < count; step++) {
        window.player.step(-1);
        await settle();
      }
      return numbers;
    }, 70);
    const there = Array.from({ length: 70 }, (_, frame) => frame);
    expect(shown).toEqual([...there, ...there.slice(0, -1).reverse()]);
  });
}

test('while one scrubs a slow file the picture moves, and it ends on the frame that was asked for last', async ({
  page,
}) => {
  await openPlayer(page, whole, slowOriginal);
  const { shown, seen } = await page.evaluate(async () => {
    const seen = new Set<number>();
    for (let move = 0; move < 120; move++) {
      window.player.seek(((move * 37) % 120) as never);
      await new Promise((resolve) => setTimeout(resolve, 16));
      seen.add(window.readNumber());
    }
    window.player.seek(97 as never);
    while (window.player.state.picture !== 'current') await new Promise(requestAnimationFrame);
    return { shown: window.readNumber(), seen: seen.size };
  });
  console.log(`${seen} pictures seen in two seconds of scrubbing`);
  expect(shown).toBe(97);
  expect(seen).toBeGreaterThan(4);
});

test('picture and playhead follow the clock of the sound device, at speed 1', async ({ page }) => {
  await openPlayer(page, withSound, sounding);
  const result = await page.evaluate(async () => {
    window.player.play();
    while (window.player.state.frame === 0) await new Promise(requestAnimationFrame);
    const started = performance.now();
    const from = window.player.state.frame;
    const wrong: string[] = [];
    while (window.player.state.frame < 60) {
      await new Promise(requestAnimationFrame);
      const { frame, picture } = window.player.state;
      const number = window.readNumber();
      if (picture === 'current' && Math.abs(number - frame) > 1) wrong.push(`${number} at ${frame}`);
    }
    const frames = window.player.state.frame - from;
    const speed = frames / 24 / ((performance.now() - started) / 1000);
    const { droppedFrames } = window.player.state;
    window.player.pause();
    return { wrong, speed, droppedFrames, blocks: window.blocksLaid };
  });
  console.log(`speed ${result.speed.toFixed(3)}, ${result.droppedFrames} of 60 frames dropped`);
  expect(result.wrong).toEqual([]);
  expect(Math.abs(result.speed - 1)).toBeLessThan(0.03);
  expect(result.droppedFrames).toBeLessThan(10);
  // Blocks of a tenth of a second, each beginning on the device's sample and the take's where the last one ended.
  const steps = result.blocks.slice(1).map((block, index) => block.when - (result.blocks[index]?.when ?? 0));
  expect(result.blocks.length).toBeGreaterThan(20);
  for (const step of steps) expect(step).toBeCloseTo(0.1, 6);
  // The first is faded in. A device that wakes late begins with the frame that is shown by then, 2000 samples each.
  const [second = 0, ...later] = result.blocks.slice(1).map(({ first }) => Math.round(first * 32768));
  expect((second - 4800) % 2000).toBe(0);
  for (const [index, first] of later.entries()) expect(first).toBe((second + (index + 1) * 4800) % 30000);
});

test('without a sound device the picture plays by the window’s own clock', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'AudioContext', { value: undefined });
  });
  await openPlayer(page, withSound, sounding);
  const speed = await page.evaluate(async () => {
    window.player.play();
    while (window.player.state.frame === 0) await new Promise(requestAnimationFrame);
    const [from, started] = [window.player.state.frame, performance.now()];
    while (window.player.state.frame < 40) await new Promise(requestAnimationFrame);
    return (window.player.state.frame - from) / 24 / ((performance.now() - started) / 1000);
  });
  expect(Math.abs(speed - 1)).toBeLessThan(0.05);
});

test('J, K and L: backward, faster, stop; and play comes to rest at the end', async ({ page }) => {
  await openPlayer(page, whole, fromProxy);
  const states = await page.evaluate(async () => {
    const told: string[] = [];
    const say = () => {
      const { isPlaying, rate } = window.player.state;
      told.push(`${isPlaying ? 'playing' : 'at rest'} ${rate}`);
    };
    window.player.seek(100 as never);
    window.player.shuttle('J');
    say();
    while (window.player.state.frame > 90) await new Promise(requestAnimationFrame);
    window.player.shuttle('J');
    say();
    window.player.shuttle('L');
    say();
    window.player.shuttle('K');
    say();
    window.player.seek(110 as never);
    window.player.play(2);
    while (window.player.state.isPlaying) await new Promise(requestAnimationFrame);
    say();
    while (window.player.state.picture !== 'current') await new Promise(requestAnimationFrame);
    told.push(`frame ${window.player.state.frame}, shows ${window.readNumber()}`);
    return told;
  });
  expect(states).toEqual(['playing -1', 'playing -2', 'playing 1', 'at rest 1', 'at rest 1', 'frame 119, shows 119']);
});

test('cuts and gaps are shown where they are', async ({ page }) => {
  const cut = planOfSpans(rate, { rate, frameCount }, [
    [0, 5, 40],
    [5, 8],
    [8, 12, 3],
  ]);
  await openPlayer(page, cut, fromProxy);
  const shown = await page.evaluate(async () => {
    const numbers: number[] = [];
    for (let at = 0; at <= 12; at++) {
      window.player.seek(at as never);
      while (window.player.state.picture !== 'current') await new Promise(requestAnimationFrame);
      numbers.push(window.readNumber());
    }
    return numbers;
  });
  expect(shown).toEqual([40, 41, 42, 43, 44, 0, 0, 0, 3, 4, 5, 6, 0]);
});

test('a file that cannot be read is told, and the rest is shown without it', async ({ page }) => {
  const gone: PlayableTake = {
    picture: {
      source: { kind: 'proxy', media: 'gone.mp4' as MediaId, widthPx: 64, heightPx: 64 },
      stream: numberedStream,
    },
  };
  await openPlayer(page, whole, gone, false);
  await page.waitForFunction(() => window.player.state.unreadable.length > 0);
  const state = await page.evaluate(() => window.player.state);
  expect(state).toMatchObject({ unreadable: [numberedTake] });
  await page.waitForFunction(() => window.player.state.picture === 'current');
});

test('every picture that was decoded is closed again', async ({ page }) => {
  await openPlayer(page, withSound, sounding);
  const { sent, open } = await page.evaluate(async () => {
    window.player.play(4);
    while (window.player.state.isPlaying) await new Promise(requestAnimationFrame);
    for (let move = 0; move < 30; move++) {
      window.player.seek(((move * 53) % 120) as never);
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
    window.player.dispose();
    const isOpen = (picture: VideoFrame | ImageBitmap) =>
      ('format' in picture ? picture.codedWidth : picture.width) > 0;
    return { sent: window.picturesSent.length, open: window.picturesSent.filter(isOpen).length };
  });
  expect(sent).toBeGreaterThan(20);
  expect(open).toBe(0);
});
