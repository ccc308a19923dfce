import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EncodedPacketSink, FilePathSource, Input, MP4 } from 'mediabunny';
import { FailureError } from '../../engine/contract/failure.ts';
import {
  codedFrameAt,
  encodeFrameTable,
  keyFrameBefore,
  secondsOfCodedFrame,
} from '../../engine/contract/frame-table-file.ts';
import type { TakeRecord } from '../../engine/contract/take.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { frames } from '../../engine/document/time.ts';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import { runFfmpeg } from '../../engine/media/ffmpeg/run-ffmpeg.ts';
import { prepareTake, probeFile } from '../../engine/media/ingest.ts';
import { readFrames } from '../../engine/media/probe/probe.ts';
import { readTakeTable } from '../../engine/media/take-files.ts';
import { takeTable } from '../../engine/media/timing/take-table.ts';
import { drawStrip } from '../../engine/media/view/filmstrip.ts';
import { conformSound } from '../../engine/media/view/sound.ts';
import { atMost, tell } from './figures.ts';

// How fast footage comes in, beside what cannot be avoided. Makes its own material in the temporary folder and removes
// it; some two minutes on two cores. Where two times are compared they alternate, so that both meet the same machine,
// and the best of each counts, because others use it too.
const ffmpegPath = findFfmpeg();
const folder = mkdtempSync(join(tmpdir(), 'shotloom-media-bench-'));
try {
  await probing(500);
  const hour = await make('hour.mp4', 'testsrc2=s=640x360:r=30:d=3600', '-c:v libx264 -preset ultrafast -g 30 -bf 2');
  await indexing(hour);
  await drawing(hour);
  await hearing(
    await make('hour.m4a', 'anoisesrc=a=0.3:r=48000:d=3600,aformat=channel_layouts=stereo', '-c:a aac -b:a 128k'),
  );
  await seeking(
    await make('long-group.mp4', 'testsrc2=s=1920x1080:r=30:d=20', '-c:v libx264 -preset ultrafast -g 300'),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function probing(count: number): Promise<void> {
  const one = await make('small.mp4', 'testsrc2=s=320x180:r=30:d=10', '-c:v libx264 -preset ultrafast -bf 2');
  const many = join(folder, 'many');
  mkdirSync(many);
  const paths = Array.from({ length: count }, (_, index) => join(many, `${index}.mp4`));
  for (const path of paths) copyFileSync(one, path);
  await recordOf(one); // the first loads the demuxer
  const seconds = await timed(async () => {
    for (const path of paths) await recordOf(path);
  });
  const floor = await timed(async () => {
    for (const path of paths.slice(0, 20)) await runFfmpeg(ffmpegPath, ['-i', `file:${path}`], { mayFail: true });
  });
  const ratio = seconds / count / (floor / 20);
  tell({
    what: `probe of ${count} films, every frame counted ÷ one ffmpeg -i each`,
    measured: `${ratio.toFixed(2)} ×`,
    beside: `${seconds.toFixed(2)} s`,
    bound: atMost(ratio, 0.2, ' ×'),
  });
}

async function indexing(path: string): Promise<void> {
  const { media } = (await recordOf(path)).origin;
  let bytes = 0;
  const seconds = await timed(async () => {
    bytes = encodeFrameTable(takeTable(await readFrames(path, media, { ffmpegPath }))).length;
  });
  const reading = ['-i', `file:${path}`, '-map', '0:v', '-c', 'copy', '-f', 'null', '-'];
  const floor = await timed(() => runFfmpeg(ffmpegPath, reading));
  tell({
    what: 'frame table of an hour ÷ ffmpeg reading its packets',
    measured: `${(seconds / floor).toFixed(2)} ×`,
    beside: `${seconds.toFixed(2)} s, ${(bytes / 1e6).toFixed(2)} MB`,
    bound: atMost(seconds / floor, 2, ' ×'),
  });
}

async function drawing(path: string): Promise<void> {
  const { facts, origin } = await recordOf(path);
  const { picture } = origin.media;
  if (!picture || !facts.picture) throw new Error('no picture');
  const table = takeTable(await readFrames(path, origin.media, { ffmpegPath }));
  const files = { strip: join(folder, 'strip.jpg'), poster: join(folder, 'poster.jpg') };
  const take = { path, container: origin.media.container, picture, table };
  const upright = facts.picture;
  const seconds = await timed(() => drawStrip(take, upright, files, { ffmpegPath, tablesFolder: folder }));
  const everyKey = ['-skip_frame', 'nokey', '-i', `file:${path}`, '-fps_mode', 'passthrough', '-f', 'null', '-'];
  const floor = await timed(() => runFfmpeg(ffmpegPath, everyKey));
  tell({
    what: 'filmstrip of an hour ÷ decoding its key frames',
    measured: `${(seconds / floor).toFixed(2)} ×`,
    beside: `${seconds.toFixed(2)} s`,
    bound: atMost(seconds / floor, 0.25, ' ×'),
  });
}

async function hearing(path: string): Promise<void> {
  const { facts, origin } = await recordOf(path);
  const { sound: stream } = origin.media;
  const { sound: length } = facts;
  if (!stream || !length) throw new Error('no sound');
  const files = { sound: join(folder, 'sound.wav'), peaks: join(folder, 'peaks.bin') };
  const source = { path, stream, length, pictureStartSeconds: undefined };
  const decoded = join(folder, 'floor.raw');
  const toTwoChannels = ['-i', `file:${path}`, '-ac', '2', '-ar', '48000', '-f', 's16le', decoded];
  let [floor, seconds] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 3; round++) {
    floor = Math.min(floor, await timed(() => runFfmpeg(ffmpegPath, toTwoChannels)));
    seconds = Math.min(seconds, await timed(() => conformSound(source, files, { ffmpegPath })));
  }
  const ratio = seconds / floor;
  const megabytes = `${(statSync(files.peaks).size / 1e6).toFixed(2)} MB of peaks`;
  tell({
    what: 'sound and peaks of an hour ÷ decoding to a file',
    measured: `${ratio.toFixed(2)} ×`,
    beside: `${seconds.toFixed(2)} s, ${megabytes}`,
    bound: atMost(ratio, 1.7, ' ×'),
  });
}

async function seeking(path: string): Promise<void> {
  const record = await recordOf(path);
  const cacheFolder = join(folder, 'cache');
  const smaller = ['-vf', 'scale=960:540', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '6', '-bf', '0', '-y'];
  const makeSmaller = ['-i', `file:${path}`, ...smaller, `file:${join(folder, 'floor.mp4')}`];
  let [floor, seconds] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < 3; round++) {
    rmSync(cacheFolder, { recursive: true, force: true });
    seconds = Math.min(seconds, await timed(() => prepareTake(record, { path, cacheFolder, ffmpegPath })));
    floor = Math.min(floor, await timed(() => runFfmpeg(ffmpegPath, makeSmaller)));
  }
  const { picture } = await prepareTake(record, { path, cacheFolder, ffmpegPath: 'none' });
  const table = await readTakeTable(record, cacheFolder);
  if (picture?.kind !== 'proxy' || !table) throw new Error('no proxy');
  tell({
    what: 'all that is made of 20 s of 1080p ÷ ffmpeg making it smaller',
    measured: `${(seconds / floor).toFixed(2)} ×`,
    beside: `${(20 / seconds).toFixed(1)} × real time`,
    bound: atMost(seconds / floor, 2, ' ×'),
  });
  const original = await seekMilliseconds(path);
  const proxy = await seekMilliseconds(picture.path);
  tell({
    what: 'packets to decode for a random frame of a proxy',
    measured: proxy.packets.toFixed(1),
    beside: `${original.packets.toFixed(1)} in the original; found in ${proxy.medianMs.toFixed(2)} ms`,
    bound: atMost(proxy.packets, 6),
  });
}

/** What a player reads for a random frame: its packet and those back to the key frame. Decoding is the window's. */
async function seekMilliseconds(path: string): Promise<{ medianMs: number; packets: number }> {
  const record = await recordOf(path);
  const table = takeTable(await readFrames(path, record.origin.media, { ffmpegPath }));
  using input = new Input({ source: new FilePathSource(path), formats: [MP4] });
  const [track] = await input.getVideoTracks();
  if (!track) throw new Error('no picture');
  const sink = new EncodedPacketSink(track);
  const times: number[] = [];
  let packets = 0;
  for (let shot = 0; shot < 200; shot++) {
    const coded = codedFrameAt(table, frames((shot * 7919) % table.frameCount));
    const key = keyFrameBefore(table, coded);
    const started = performance.now();
    let packet = await sink.getPacket(secondsOfCodedFrame(table, key) + 1e-6);
    for (let at = key; at < coded && packet; at++) packet = await sink.getNextPacket(packet);
    times.push(performance.now() - started);
    packets += coded - key + 1;
  }
  times.sort((a, b) => a - b);
  return { medianMs: times[100] ?? 0, packets: packets / 200 };
}

async function recordOf(path: string): Promise<TakeRecord> {
  const outcome = await probeFile(path, { takeId: 'take' as TakeId, projectFolder: folder, ffmpegPath });
  if (outcome.kind === 'failed') throw new FailureError(outcome.failure);
  return outcome.value;
}

async function make(name: string, source: string, coding: string): Promise<string> {
  const path = join(folder, name);
  await runFfmpeg(ffmpegPath, ['-f', 'lavfi', '-i', source, ...coding.split(' '), `file:${path}`]);
  return path;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
