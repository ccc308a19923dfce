import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { FailureError } from '../../contract/failure.ts';
import { ffmpegPath, fixture, makeSample, sampleFolder, words } from '../sample-media.ts';
import { describeMedia } from '../sample-takes.ts';
import { probe, readFrames } from './probe.ts';

// Some two dozen runs of ffmpeg in one test: the limit only ends a wait that nothing will end.
vi.setConfig({ testTimeout: 300_000 });

const folder = sampleFolder();
afterAll(folder.dispose);
const run = { ffmpegPath };
/** Each hides frames, or puts them in another order, in a way of its own; test/media looks at the others. */
const cameras = [
  ...['iphone_dolbyvision_hlg_rot90.mov', 'vp9_profile2_10bit_bt2020.webm', 'bbb_avc_bpyramid_sar64x45.mp4'],
  ...['bt601_matrix.mov', 'embedded_srt.mkv'],
];

const source = words('-f lavfi -i testsrc2=s=160x90:r=30000/1001 -f lavfi -i sine=440:r=48000 -t 2');
const still = words('-f lavfi -i testsrc2=s=160x90 -frames:v 1');

test('films and sounds of every usual kind have the length and rate they were made with', async () => {
  const kinds: Readonly<Record<string, string>> = {
    'a.mp4': '-c:v libx264 -preset ultrafast -bf 2 -c:a aac',
    'a.mov': '-c:v mjpeg -c:a pcm_s16le',
    'six blocks a packet.mp4': '-vn -c:a eac3',
    'six blocks a packet.mkv': '-vn -c:a eac3',
    'a.avi': '-c:v mpeg4 -bf 2 -an',
    'a.mpg': '-c:v mpeg2video -bf 2 -an',
    'a.ogv': '-c:v libtheora -an',
    'a.gif': '-an',
    'a.wav': '-vn -c:a pcm_s24le',
    'a.mp3': '-vn',
    'a.flac': '-vn',
    'a.ogg': '-vn -c:a libvorbis',
  };
  const described = Object.entries(kinds).map(async ([name, coding]) => {
    return describeMedia(await probe(makeSample(folder.path, name, [...source, ...words(coding)]), run));
  });
  expect(await Promise.all(described)).toEqual([
    'mp4 | h264 yuv420p 160x90 | 160x90 | 60 at 30000/1001 constant | bt601? limited | aac 1ch 48000 from 0 for 96000',
    'mov | mjpeg yuv420p 160x90 | 160x90 | 60 at 30000/1001 constant | bt601 full | pcm_s16le 1ch 48000 from 0 for 96000',
    'mp4 | eac3 1ch 48000 from 0 for 96480',
    'matroska | eac3 1ch 48000 from 0 for 96768',
    'avi | mpeg4 yuv420p 160x90 | 160x90 | 60 at 30000/1001 constant | bt601? limited',
    'mpeg | mpeg2video yuv420p 160x90 | 160x90 | 60 at 30000/1001 constant | bt601? limited',
    'ogg | theora yuv420p 160x90 | 160x90 | 60 at 30000/1001 constant | bt601? limited',
    'gif | gif bgra 160x90 alpha | 160x90 | 60 at 30000/1001 constant | rgb full',
    'wav | pcm_s24le 1ch 48000 from 0 for 96000',
    'mp3 | mp3 1ch 48000 from 0 for 96000',
    'flac | flac 1ch 48000 from 0 for 96000',
    'ogg | vorbis 1ch 48000 from 0 for 96000',
  ]);
});

test('stills are read from their headers', async () => {
  const kinds: Readonly<Record<string, string>> = {
    'a.png': '-pix_fmt rgb24',
    'alpha 100%d.png': '-pix_fmt rgba',
    'a.jpg': '-pix_fmt yuvj420p',
    'a.webp': '-c:v libwebp',
    'lossless.webp': '-c:v libwebp -lossless 1 -pix_fmt bgra',
    'a.bmp': '-pix_fmt bgr24',
    'a.tiff': '-pix_fmt rgb24',
  };
  const described = Object.entries(kinds).map(async ([name, coding]) => {
    return describeMedia(await probe(makeSample(folder.path, name, [...still, ...words(coding)]), run));
  });
  expect(await Promise.all(described)).toEqual([
    'png_pipe | png rgb24 160x90 | 160x90 | still | rgb full',
    'png_pipe | png rgba 160x90 alpha | 160x90 | still | rgb full',
    'jpeg_pipe | mjpeg yuv420p 160x90 | 160x90 | still | bt601 full',
    'webp_pipe | webp yuv420p 160x90 | 160x90 | still | bt601 limited',
    'webp_pipe | webp argb 160x90 | 160x90 | still | rgb full',
    'bmp_pipe | bmp bgr24 160x90 | 160x90 | still | rgb full',
    'tiff_pipe | tiff rgb24 160x90 | 160x90 | still | rgb full',
  ]);
});

test('a phone’s photograph is turned as its Exif says', async () => {
  const jpeg = readFileSync(makeSample(folder.path, 'upright.jpg', [...still, ...words('-pix_fmt yuvj420p')]));
  const turns = ['', ' mirrored', ' turn 180', ' turn 180 mirrored'];
  const sideways = [' turn 90 mirrored', ' turn 90', ' turn 270 mirrored', ' turn 270'];
  for (const [index, turn] of [...turns, ...sideways].entries()) {
    const path = join(folder.path, `turned-${index}.jpg`);
    writeFileSync(path, withExif(jpeg, index + 1));
    const size = sideways.includes(turn) ? '90x160' : '160x90';
    expect(describeMedia(await probe(path, run))).toBe(
      `jpeg_pipe | mjpeg yuv420p 160x90${turn} | ${size} | still | bt601 full`,
    );
  }
});

test('cover art is no picture, and a film behind a subtitle track is found', async () => {
  const cover = makeSample(folder.path, 'cover.png', still);
  const song = makeSample(folder.path, 'song.mp3', [...source, '-vn']);
  const both = ['-i', `file:${song}`, ...words('-f png_pipe -i'), cover, ...words('-map 0 -map 1 -c copy')];
  expect(describeMedia(await probe(makeSample(folder.path, 'cover.mp3', both), run))).toBe(
    'mp3 | mp3 1ch 48000 from 0 for 96000',
  );
  const subtitlesFirst = ['-i', fixture('embedded_srt.mkv'), ...words('-map 0:s -map 0:v -map 0:a -c copy')];
  const { media } = await probe(makeSample(folder.path, 'sub.mkv', subtitlesFirst), run);
  expect([media.picture?.streamIndex, media.sound?.streamIndex]).toEqual([1, 2]);
});

test('the frames of a take are those that ffmpeg decodes, at its times: none that a cut, an edit list or a codec hides', async () => {
  const make = (name: string, input: readonly string[], coding: string) =>
    makeSample(folder.path, name, [...input, ...words(coding)]);
  const openGroups = '-an -c:v libx264 -preset ultrafast -g 30 -bf 3 -x264-params open-gop=1:scenecut=0';
  const film = ['-i', `file:${make('open.mp4', source, openGroups)}`];
  const disc = ['-i', `file:${make('disc.mpg', source, '-an -c:v mpeg2video -g 12 -bf 2')}`];
  const clips = [
    make('cut.mp4', [...words('-ss 0.7 -to 1.9'), ...film], '-c copy'),
    make('cut.mkv', [...words('-ss 1.1 -to 1.9'), ...film], '-c copy'),
    make('cut.mpg', [...words('-ss 0.7 -to 1.9'), ...disc], '-c copy'),
    make('whole.ts', film, '-c copy'),
    make('dropped.mkv', film, `-vf select=mod(n\\,7)-3 -fps_mode vfr -c:v libx264 -preset ultrafast -bf 2`),
    make(
      'hidden.webm',
      source,
      '-an -c:v libvpx -auto-alt-ref 1 -lag-in-frames 16 -b:v 100k -deadline good -cpu-used 5',
    ),
    make('fragments.mp4', film, '-c copy -movflags frag_keyframe+empty_moov'),
  ];
  let compared = 0;
  for (const path of [...clips, ...cameras.map(fixture)]) {
    const { media, picture } = await probe(path, run);
    if (picture?.kind !== 'moving' || !media.picture) continue;
    const { ticks, ffmpegOffsetTicks, timeBase } = await readFrames(path, media, run);
    const times = Array.from(ticks, (tick) => secondsOf(tick + ffmpegOffsetTicks, timeBase));
    expect({ path, times }).toEqual({ path, times: decodedTimes(path, media.picture.streamIndex) });
    compared += times.length;
  }
  expect(compared).toBeGreaterThan(500);
});

test('an edit list of several parts is left to ffmpeg', async () => {
  const path = join(folder.path, 'two-parts.mp4');
  const bytes = readFileSync(fixture('editlist_video_starts_1s_late.mp4'));
  const list = bytes.indexOf('elst') + 12; // two entries: an empty second, then all of it
  bytes.writeInt32BE(2 * 15360, list + 4); // now: a second from 2.0 on, then all of it
  writeFileSync(path, bytes);
  const { media } = await probe(path, run);
  const { ticks, timeBase } = await readFrames(path, media, run);
  const times = Array.from(ticks, (tick) => secondsOf(tick, timeBase));
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual(decodedTimes(path, 0));
});

test('what is no take says why, in words', async () => {
  const film = readFileSync(makeSample(folder.path, 'front.mp4', [...source, ...words('-movflags +faststart')]));
  const photograph = readFileSync(makeSample(folder.path, 'whole.png', still));
  const files: Readonly<Record<string, Buffer>> = {
    'empty.mp4': Buffer.alloc(0),
    'words.mp4': Buffer.from('not a film at all, only words'),
    'half.mp4': film.subarray(0, film.length / 2),
    'half.png': photograph.subarray(0, photograph.length / 2),
    'no-index.mp4': readFileSync(join(folder.path, 'a.mp4')).subarray(0, 20_000),
  };
  const said: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder.path, name), content);
    said[name] = await failureOf(join(folder.path, name));
  }
  expect(said).toEqual({
    'empty.mp4': 'media-unreadable: it is empty',
    'words.mp4': 'media-unreadable: it is not a film, a sound or a picture',
    'half.mp4': 'media-unreadable: it is cut short',
    'half.png': 'media-unreadable: it is cut short',
    'no-index.mp4': 'media-unreadable: it is cut short',
  });
  expect(await failureOf(fixture('vvc_unsupported_codec.mp4'))).toBe('media-unsupported: VVC (H.266)');
  expect(await failureOf(join(folder.path, 'nowhere.mp4'))).toBe('media-missing: nowhere.mp4');
  expect(await failureOf(folder.path)).toBe('media-unreadable: it is a folder');
});

async function failureOf(path: string): Promise<string> {
  const error: unknown = await probe(path, run).catch((thrown: unknown) => thrown);
  if (!(error instanceof FailureError)) throw new Error(`${path} did not fail as it should: ${error}`);
  const { failure } = error;
  switch (failure.code) {
    case 'media-unreadable':
      return `${failure.code}: ${failure.reason}`;
    case 'media-unsupported':
      return `${failure.code}: ${failure.codec}`;
    case 'media-missing':
      return `${failure.code}: ${failure.path.split('/').at(-1)}`;
    default:
      return failure.code;
  }
}

/** When ffmpeg shows each frame that it decodes, to a tenth of a millisecond. */
function decodedTimes(path: string, streamIndex: number): number[] {
  const listing = words(`-map 0:${streamIndex} -vf showinfo=checksum=0 -fps_mode passthrough -f null -`);
  const options = { encoding: 'utf8', maxBuffer: 1 << 26 } as const;
  const { stderr } = spawnSync(
    ffmpegPath,
    ['-hide_banner', '-nostats', '-copyts', '-i', `file:${path}`, ...listing],
    options,
  );
  const base = /config in time_base: (\d+)\/(\d+)/.exec(stderr);
  const timeBase = { num: Number(base?.[1]), den: Number(base?.[2]) };
  return [...stderr.matchAll(/ n: *\d+ pts: *(-?\d+)/g)].map((match) => secondsOf(Number(match[1]), timeBase));
}

function secondsOf(ticks: number, timeBase: { num: number; den: number }): number {
  return Math.round(((ticks * timeBase.num) / timeBase.den) * 10_000) / 10_000 + 0;
}

function withExif(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
