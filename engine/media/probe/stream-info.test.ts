import { expect, test } from 'vitest';
import { type ListedStream, parseStreamInfo } from './stream-info.ts';

test('a phone film is read from what ffmpeg says: turned, ten bits, HDR, data tracks aside', () => {
  const info = parseStreamInfo([
    "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a, Stream #0:0: Video: liar.mov':",
    '  Metadata:',
    '    title           : Stream #0:0: Video: liar, yuv420p, 1x1',
    '  Duration: 00:00:00.11, start: 0.000000, bitrate: 4842 kb/s',
    '  Stream #0:0[0x1](und): Data: none (mebx / 0x7862656D), 0 kb/s (default)',
    '  Stream #0:1[0x2](und): Video: hevc (Main 10) (hvc1 / 0x31637668), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), 1280x720, 2690 kb/s, 30 fps, 30 tbr, 600 tbn (default)',
    '    Side data:',
    '      displaymatrix: rotation of -90.00 degrees',
    '  Stream #0:2[0x3](und): Audio: aac (LC) (mp4a / 0x6134706D), 44100 Hz, stereo, fltp, 131 kb/s (default)',
  ]);
  expect(info?.container).toBe('mov');
  expect(info?.streams).toEqual([
    { kind: 'other', streamIndex: 0 },
    {
      ...{ kind: 'picture', streamIndex: 1, codec: 'hevc', tag: 'hvc1', pixelFormat: 'yuv420p10le' },
      ...{ widthPx: 1280, heightPx: 720, pixelAspect: { num: 1, den: 1 }, rotationDegrees: 90 },
      colour: { range: 'limited', matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'arib-std-b67' },
      ...{ isCoverArt: false, isDefault: true },
    },
    {
      ...{ kind: 'sound', streamIndex: 2, codec: 'aac', tag: 'mp4a', sampleRateHz: 44100, channelCount: 2 },
      isDefault: true,
    },
  ]);
});

test('pixel shapes, one name for all colours, full range and field order are told apart', () => {
  expect(pictureOf('h264 (High), yuv420p(progressive), 800x640 [SAR 64:45 DAR 16:9], 30 fps')).toMatchObject({
    pixelAspect: { num: 64, den: 45 },
    pixelFormat: 'yuv420p',
    colour: { range: undefined, matrix: undefined },
  });
  expect(pictureOf('mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 640x480, SAR 1:1 DAR 4:3')).toMatchObject({
    pixelFormat: 'yuv420p',
    colour: { range: 'full', matrix: 'bt470bg', primaries: undefined, transfer: undefined },
  });
  expect(pictureOf('dnxhd (DNXHD), yuv422p(tv, bt709, top first), 1920x1080')).toMatchObject({
    colour: { range: 'limited', matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' },
  });
  expect(pictureOf('ffv1 (FFV1 / 0x31564646), gbrp(pc, gbr/bt709/bt709), 192x128, 12 fps')).toMatchObject({
    pixelFormat: 'gbrp',
    colour: { range: 'full', matrix: 'gbr' },
  });
});

test('a codec this ffmpeg cannot decode has no pixel format, and keeps the name its file gives it', () => {
  const stream = pictureOf('none (vvc1 / 0x31637676), 320x180, 364 kb/s, SAR 1:1 DAR 16:9, 24 fps (default)');
  expect(stream).toMatchObject({ codec: 'none', tag: 'vvc1', widthPx: 320, heightPx: 180 });
  expect(stream).not.toHaveProperty('pixelFormat');
});

test('a cover is told from a film', () => {
  expect(pictureOf('mjpeg (Baseline), yuvj420p(pc), 600x600, 90k tbr (attached pic)')).toMatchObject({
    isCoverArt: true,
  });
});

test('channels are counted from the name of their layout', () => {
  const counts = ['mono', 'stereo', '5.1(side)', '7.1', '2.1', '5.1.2', '6 channels', 'quad', 'downmix'];
  const channelsOf = (layout: string) => {
    const stream = streamOf(`Audio: ac3, 48000 Hz, ${layout}, fltp, 192 kb/s`);
    return stream.kind === 'sound' ? stream.channelCount : undefined;
  };
  expect(counts.map(channelsOf)).toEqual([1, 2, 6, 8, 3, 8, 6, 4, 2]);
});

test('what ffmpeg could not open says nothing', () => {
  expect(parseStreamInfo(['a.mp4: Invalid data found when processing input'])).toBeUndefined();
});

function streamOf(text: string): ListedStream {
  const stream = parseStreamInfo(["Input #0, avi, from 'file:a':", `  Stream #0:0: ${text}`])?.streams[0];
  if (!stream) throw new Error(`no stream in ${text}`);
  return stream;
}

function pictureOf(text: string): ListedStream {
  return streamOf(`Video: ${text}`);
}
