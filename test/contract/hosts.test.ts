import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { respond } from '../../app/main/app-scheme.ts';
import { openHostMemory } from '../../app/web/host-memory.ts';
import { startWebHost, type WebHost } from '../../app/web/server.ts';
import { windowOrigin } from '../../engine/contract/desktop-bridge.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';

// One window, two hosts: whatever it asks for is answered alike over HTTP and over the desktop's own scheme.

const folder = mkdtempSync(join(tmpdir(), "shotloom 主 'h' "));
const windowFolder = join(folder, 'window');
const film = join(folder, 'film.mp4');
const empty = join(folder, 'empty.mp4');
const gone = join(folder, 'gone.mp4');
const granted: Readonly<Record<string, string>> = { film, empty, gone };

/** An engine that has granted three files, of which one has gone since. */
const engine = async () =>
  ({
    system: {
      resolveMedia: async ({ media }: { media: string }) =>
        granted[media] && { path: granted[media], mime: 'video/mp4' },
    },
  }) as unknown as EngineClient; // the hosts ask it nothing else here

type Ask = (path: string, init?: RequestInit) => Promise<Response>;
let host: WebHost;
let cookie = '';

beforeAll(async () => {
  mkdirSync(join(windowFolder, 'assets'), { recursive: true });
  writeFileSync(join(windowFolder, 'index.html'), '<!doctype html><title>Shotloom</title>');
  writeFileSync(join(windowFolder, 'assets', 'app-1a2b.js'), '1');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(
    film,
    Uint8Array.from({ length: 1000 }, (_, index) => index % 251),
  );
  writeFileSync(empty, '');
  const memory = openHostMemory(join(folder, 'settings'));
  const dial = () => Promise.reject(new Error('no engine'));
  host = await startWebHost({ port: 0, memory, origins: [], windowFolder, engine, dial });
  const signedIn = await fetch(host.link, { redirect: 'manual' });
  cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

const hosts: Readonly<Record<string, Ask>> = {
  'the web host': (path, init) =>
    fetch(`http://127.0.0.1:${host.port}${path}`, { ...init, headers: { ...init?.headers, cookie } }),
  'the desktop': (path, init) => respond(new Request(`${windowOrigin}${path}`, init), { windowFolder, engine }),
};

const bytes = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];
const filmBytes = (start: number, end: number) =>
  Array.from({ length: end - start + 1 }, (_, index) => (start + index) % 251);

describe.each(Object.entries(hosts))('%s', (_, ask) => {
  const range = (text: string, more: Record<string, string> = {}) =>
    ask('/media/film', { headers: { range: text, ...more } });

  test('every answer carries the policy, isolation and nosniff', async () => {
    for (const path of ['/', '/assets/app-1a2b.js', '/media/film', '/media/unknown', '/nothing']) {
      const { headers } = await ask(path);
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'; script-src 'self'");
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  test('the window comes from its folder, and what has a hash in its name may be kept', async () => {
    expect(await (await ask('/')).text()).toContain('Shotloom');
    expect((await ask('/')).headers.get('cache-control')).toBe('no-cache');
    const script = await ask('/assets/app-1a2b.js');
    expect(script.headers.get('content-type')).toContain('javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
  });

  test.each(['bytes=10-19', 'bytes=990-', 'bytes=-10', 'bytes=990-5000'])('%s is answered 206', async (text) => {
    const response = await range(text);
    const start = text === 'bytes=10-19' ? 10 : 990;
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${start + 9}/1000`);
    expect(response.headers.get('content-length')).toBe('10');
    expect(response.headers.get('accept-ranges')).toBe('bytes');
    expect(await bytes(response)).toEqual(filmBytes(start, start + 9));
  });

  test('a range outside the film is answered 416, several at once with the whole', async () => {
    const outside = await range('bytes=1000-');
    expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const several = await range('bytes=0-1,5-6');
    expect([several.status, (await bytes(several)).length]).toEqual([200, 1000]);
  });

  test('If-Range of this film gets its range, of an older one the whole new film', async () => {
    const tag = (await ask('/media/film')).headers.get('etag') ?? '';
    expect((await range('bytes=0-9', { 'if-range': tag })).status).toBe(206);
    expect((await range('bytes=0-9', { 'if-range': '"old"' })).status).toBe(200);
    expect((await ask('/media/film', { headers: { 'if-none-match': tag } })).status).toBe(304);
  });

  test('HEAD tells the length and sends nothing', async () => {
    for (const path of ['/media/film', '/assets/app-1a2b.js']) {
      const response = await ask(path, { method: 'HEAD' });
      expect(response.headers.get('content-length')).toBe(path.startsWith('/media') ? '1000' : '1');
      expect(await bytes(response)).toEqual([]);
    }
  });

  test('an empty film is answered, one that is gone is not', async () => {
    const response = await ask('/media/empty');
    expect([response.status, (await bytes(response)).length]).toEqual([200, 0]);
    expect((await ask('/media/gone')).status).toBe(404);
  });

  test('an address names no path: nothing beside the window and the granted ids', async () => {
    for (const path of [
      '/../secret.html',
      '/%2e%2e/secret.html',
      '/..%2fsecret.html',
      '/assets/..%2f..%2fsecret.html',
      '/%00.html',
      '/assets',
      '/media/',
      '/media/unknown',
      '/media/..%2fsecret.html',
      '/media/film%00',
      `/media/${'a'.repeat(65)}`,
    ]) {
      const response = await ask(path);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.text()).not.toContain('secret');
    }
  });

  test('nothing is written through it', async () => {
    for (const method of ['PUT', 'DELETE']) {
      expect((await ask('/media/film', { method, headers: { origin: `http://127.0.0.1:${host.port}` } })).status).toBe(
        405,
      );
    }
  });
});

test('the desktop answers under its own address alone', async () => {
  for (const address of ['shotloom://other/', 'shotloom://app.evil/', 'http://app/']) {
    expect((await respond(new Request(address), { windowFolder, engine })).status, address).toBe(404);
  }
});

describe.runIf(process.platform === 'linux').each(Object.entries(hosts))('%s', (_, ask) => {
  test('a page that leaves off reading closes the file', async () => {
    writeFileSync(film, Buffer.alloc(32 * 1024 * 1024));
    const { body } = await ask('/media/film');
    const reader = body?.getReader();
    await reader?.read();
    expect(openFilesAt(film)).toBe(1);
    await reader?.cancel();
    await expect.poll(() => openFilesAt(film)).toBe(0);
  });
});

function openFilesAt(path: string): number {
  const own = '/proc/self/fd';
  return readdirSync(own).filter((name) => {
    try {
      return readlinkSync(join(own, name)) === path;
    } catch {
      return false; // the descriptor that read the folder itself
    }
  }).length;
}
