import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { extremesOf, readPeaks } from '../../contract/peaks-file.ts';
import { probe, readFrames } from '../probe/probe.ts';
import { ffmpegPath, fixture, makeSample, sampleFolder, words } from '../sample-media.ts';
import { conformSound } from './sound.ts';

const folder = sampleFolder();
afterAll(folder.dispose);

/** One click at the given second of two. */
const clickAt = (seconds: number) =>
  words(`-f lavfi -i aevalsrc=0.9*between(t\\,${seconds}\\,${seconds}+1/48000):s=48000:d=2`);
const picture = words('-f lavfi -i color=s=64x32:r=24:d=2');

test('a click is heard where it was recorded, through every codec that adds a run-up of its own', async () => {
  const codecs: Readonly<Record<string, string>> = {
    'a.wav': '-c:a pcm_s16le',
    'a.mp3': '-c:a libmp3lame -b:a 192k',
    'a.m4a': '-c:a aac -b:a 192k',
    'a.opus': '-c:a libopus -b:a 192k',
    'a.ogg': '-c:a libvorbis',
    'a.flac': '-c:a flac',
  };
  for (const [name, coding] of Object.entries(codecs)) {
    const { samples } = await soundOf(makeSample(folder.path, name, [...clickAt(1), ...words(coding)]));
    expect([name, samples.length / 2]).toEqual([name, 96_000]);
    expect(Math.abs(loudestAt(samples) - 48_000), name).toBeLessThanOrEqual(24); // half a millisecond
  }
});

test('sound lies against the first frame of picture: earlier sound is cut off, later sound waits', async () => {
  const heard = async (name: string, input: readonly string[]) => {
    const path = makeSample(folder.path, name, [...input, ...words('-c:v libx264 -c:a pcm_s16le')]);
    return loudestAt((await soundOf(path)).samples);
  };
  const halfASecondLater = words('-itsoffset 0.5');
  expect([
    await heard('together.mkv', [...picture, ...clickAt(1)]),
    await heard('late.mkv', [...picture, ...halfASecondLater, ...clickAt(1)]),
    await heard('early.mkv', [...halfASecondLater, ...picture, ...clickAt(1)]),
  ]).toEqual([48_000, 72_000, 24_000]);
});

test('the length of the sound is the take’s, to the sample, and the peaks cover it', async () => {
  for (const name of ['editlist_video_starts_1s_late.mp4', 'bt601_matrix.mov', 'audio_opus_5_1.mka']) {
    const { samples, peaks, sound } = await soundOf(fixture(name));
    expect(samples.length / 2).toBe(Math.round((sound.sampleCount * 48_000) / sound.sampleRateHz));
    expect(peaks.sampleCount).toBe(samples.length / 2);
  }
});

test('sound that starts after its picture begins with silence', async () => {
  const { samples } = await soundOf(fixture('bt601_matrix.mov')); // 1940 samples at 44.1 kHz late
  const silent = Math.round((1940 * 48_000) / 44_100);
  expect(samples.subarray(0, (silent - 40) * 2).some((sample) => sample !== 0)).toBe(false);
  expect(samples.subarray(silent * 2).some((sample) => sample !== 0)).toBe(true);
});

test('a sound whose container counts six times the samples there are plays in one piece, in its own time', async () => {
  const { samples, sound } = await soundOf(fixture('audio_eac3_5_1.mp4'));
  expect([sound.sampleCount, samples.length / 2]).toEqual([13_824, 13_824]); // 54 frames of one block
  // One beep of four of them; by the container's times it would be four clicks within 5,000 samples.
  const [from, to] = audibleSpan(samples);
  expect([Math.floor(from / 256), Math.ceil(to / 256)]).toEqual([12, 16]);
});

test('a single channel is as loud on both sides, and six never clip', async () => {
  const tone = (amplitude: number, channels: string) =>
    words(`-f lavfi -i aevalsrc=${channels.replaceAll('x', `${amplitude}*sin(t*2764)`)}:s=48000:d=1`);
  const mono = await soundOf(makeSample(folder.path, 'mono.wav', [...tone(0.5, 'x'), ...words('-c:a pcm_s16le')]));
  expect(mono.samples[1000]).toBe(mono.samples[1001]);
  expect(peakOf(mono.samples, 0)).toBeCloseTo(0.5, 2);
  const six = await soundOf(
    makeSample(folder.path, 'six.wav', [...tone(1, 'x|x|x|x|x|x:c=5.1'), ...words('-c:a pcm_s16le')]),
  );
  expect(peakOf(six.samples, 0)).toBeCloseTo(1, 2);
  const left = await soundOf(
    makeSample(folder.path, 'left.wav', [...tone(1, 'x|0|0|0|0|0:c=5.1'), ...words('-c:a pcm_s16le')]),
  );
  expect([peakOf(left.samples, 0), peakOf(left.samples, 1)]).toEqual([expect.closeTo(0.414, 2), 0]); // −7.7 dB
  const lfe = await soundOf(
    makeSample(folder.path, 'lfe.wav', [...tone(1, '0|0|0|x|0|0:c=5.1'), ...words('-c:a pcm_s16le')]),
  );
  expect(peakOf(lfe.samples, 0)).toBe(0);
  expect(extremesOf(left.peaks, 'left', 0, 4800)?.high).toBeCloseTo(0.414, 1);
});

test('cancelling leaves no file behind', async () => {
  const path = fixture('editlist_video_starts_1s_late.mp4');
  const cancel = new AbortController();
  const made = soundOf(path, { signal: cancel.signal, onProgress: () => cancel.abort(new Error('not now')) });
  await expect(made).rejects.toThrow('not now');
  expect(readdirSync(folder.path).filter((name) => name.includes('pending'))).toEqual([]);
});

let made = 0;

async function soundOf(path: string, run: { signal?: AbortSignal; onProgress?: () => void } = {}) {
  const { media, sound } = await probe(path, { ffmpegPath });
  if (!media.sound || !sound) throw new Error(`no sound in ${path}`);
  const coded = media.picture && (await readFrames(path, media, { ffmpegPath }));
  const pictureStartSeconds = coded && ((coded.ticks[0] ?? 0) * coded.timeBase.num) / coded.timeBase.den;
  const files = { sound: join(folder.path, `${++made}.wav`), peaks: join(folder.path, `${made}.peaks`) };
  await conformSound({ path, stream: media.sound, length: sound, pictureStartSeconds }, files, { ffmpegPath, ...run });
  const wav = readFileSync(files.sound);
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44);
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
  const peaks = readPeaks(readFileSync(files.peaks));
  if (!peaks) throw new Error('no peaks');
  return { samples, peaks, sound };
}

function loudestAt(samples: Int16Array): number {
  let at = 0;
  for (let index = 0; index < samples.length; index += 2) {
    if (Math.abs(samples[index] ?? 0) > Math.abs(samples[at] ?? 0)) at = index;
  }
  return at / 2;
}

/** Where the first and the last sample lie that can be heard. */
function audibleSpan(samples: Int16Array): [from: number, to: number] {
  const isAudible = (sample: number) => Math.abs(sample) > 328; // −40 dB
  return [samples.findIndex(isAudible) / 2, samples.findLastIndex(isAudible) / 2];
}

function peakOf(samples: Int16Array, channel: 0 | 1): number {
  return (
    samples.reduce((peak, sample, index) => (index % 2 === channel ? Math.max(peak, Math.abs(sample)) : peak), 0) /
    32768
  );
}
