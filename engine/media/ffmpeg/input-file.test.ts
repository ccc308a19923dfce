import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFfmpeg } from './find-ffmpeg.ts';
import { inputFile, runFfmpeg } from './run-ffmpeg.ts';

// A film may be a text that names other files or addresses. What is opened here is one file and nothing else.

const folder = mkdtempSync(join(tmpdir(), "shotloom 入 'i' "));
const secret = join(folder, 'secret.y4m');
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.end();
});
let address = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(secret, `YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420jpeg\nFRAME\n${'x'.repeat(16 * 24)}`);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const decode = (input: readonly string[]) => runFfmpeg(findFfmpeg(), [...input, '-f', 'null', '-']);

test('a plain film is read', async () => {
  await decode(inputFile(secret));
});

test.each([
  ['a playlist of the network', 'list.m3u8', () => `#EXTM3U\n#EXTINF:1,\n${address}/clip.ts\n`],
  ['a playlist of this disk', 'disk.m3u8', () => '#EXTM3U\n#EXTINF:1,\nsecret.y4m\n'],
  ['a list of films', 'list.ffconcat', () => 'ffconcat version 1.0\nfile secret.y4m\n'],
  ['a stream description', 'session.sdp', () => 'v=0\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n'],
  ['a manifest', 'film.mpd', () => `<MPD><BaseURL>${address}/</BaseURL></MPD>`],
])('%s is refused, and nobody is asked for anything', async (_, name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text());
  await expect(decode(inputFile(path))).rejects.toMatchObject({ failure: { code: 'ffmpeg-failed' } });
  expect(asked).toEqual([]);
});

test.each(['http://127.0.0.1/a.mp4', 'concat:a|b', '-version', 'pipe:0', 'data:video/mp4,x'])(
  'a name such as %s is the name of a file',
  async (name) => {
    expect(inputFile(name).at(-1)).toBe(`file:${name}`);
    await expect(decode(inputFile(name))).rejects.toMatchObject({ failure: { code: 'ffmpeg-failed' } });
  },
);
