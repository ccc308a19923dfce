import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { EngineClient } from '../../engine/rpc/client.ts';
import { portPair } from '../../engine/rpc/port.ts';
import { proofOf } from './access.ts';
import { openHostMemory } from './host-memory.ts';
import { startWebHost, type WebHost } from './server.ts';

// The host's own half of the security baseline: who gets in, and what a URL can name.

let host: WebHost;
let cookie = '';
let engineIsReached = Promise.resolve();
let linesEnded = 0;
const folder = mkdtempSync(join(tmpdir(), "shotloom 网 'w' "));
const film = join(folder, 'film.mp4');

/** An engine that knows one media file and echoes what a window says. */
const engine = {
  system: {
    openUpload: async () => ({ kind: 'failed', failure: { code: 'disk-full', path: film } }),
    resolveMedia: async ({ media }: { media: string }) =>
      media === 'known' ? { path: film, mime: 'video/mp4' } : undefined,
  },
} as unknown as EngineClient; // the host asks it nothing else here

beforeAll(async () => {
  mkdirSync(join(folder, 'window', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'window', 'index.html'), '<!doctype html><title>Shotloom</title>');
  writeFileSync(join(folder, 'window', 'assets', 'app.js'), '1');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(film, Buffer.alloc(1000, 7));
  host = await startHost('settings');
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

/** @param home what the host remembers lies there; @param port 0 for wherever the last one was */
function startHost(home: string, port = 0): Promise<WebHost> {
  return startWebHost({
    port,
    memory: openHostMemory(join(folder, home)),
    origins: ['https://tunnel.example'],
    windowFolder: join(folder, 'window'),
    engine: async () => engine,
    dial: async () => {
      await engineIsReached;
      const [mine, its] = portPair();
      its.onMessage((message) => its.send(message));
      its.onClose(() => linesEnded++);
      return mine;
    },
  });
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const link = () => new URL(host.link);

test('the printed link signs in one browser, once', async () => {
  expect((await get('/')).status).toBe(403);
  expect((await get('/?t=wrong')).status).toBe(403);
  const signedIn = await get(`/${link().search}`);
  expect(signedIn.status).toBe(303);
  const [set = ''] = (signedIn.headers['set-cookie'] as string[]) ?? [];
  expect(set).toMatch(/^shotloom-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  cookie = set.split(';')[0] ?? '';
  expect((await get('/', { cookie })).body).toContain('Shotloom');
  expect((await get(`/${link().search}`)).status).toBe(403);
});

test('it listens on this machine alone, and there on 127.0.0.1', async () => {
  const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const addresses = others
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  const reach = (address: string) =>
    new Promise<string>((resolve) => {
      const socket = connect({ host: address, port: host.port, timeout: 2000 });
      const say = (who: string) => {
        socket.destroy();
        resolve(who);
      };
      socket.on('connect', () => say(`${address} answers`));
      socket.on('error', () => say('nobody'));
      socket.on('timeout', () => say('nobody'));
    });
  expect(await reach('127.0.0.1')).toBe('127.0.0.1 answers');
  for (const address of ['::1', ...addresses]) expect(await reach(address)).toBe('nobody');
});

test('a name that merely resolves here is not answered, nor is another origin', async () => {
  expect((await get('/', { cookie, host: 'evil.example' })).status).toBe(421);
  expect((await get('/', { cookie, host: `localhost:${host.port}` })).status).toBe(200);
  expect((await get('/', { cookie, origin: 'http://evil.example' })).status).toBe(403);
  expect((await get('/', { cookie, host: 'tunnel.example', origin: 'https://tunnel.example' })).status).toBe(200);
  expect((await get('/upload?project=p&name=x', { cookie }, 'POST')).status).toBe(403);
});

test('every answer carries the policy', async () => {
  for (const [path, method] of [
    ['/', 'GET'],
    ['/assets/app.js', 'GET'],
    ['/media/known', 'HEAD'],
    ['/nothing', 'GET'],
    ['/upload?project=p&name=x', 'POST'],
    ['/session', 'GET'],
    ['/?t=wrong', 'GET'],
  ] as const) {
    const { headers } = await get(path, { cookie, origin: link().origin }, method);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

test('nothing outside the window folder can be named', async () => {
  for (const path of [
    '/../secret.html',
    '/%2e%2e/secret.html',
    '/..%2fsecret.html',
    '/assets/..%2f..%2fsecret.html',
    '/%00.html',
    '/assets',
  ]) {
    expect((await get(path, { cookie })).status, path).toBe(404);
  }
});

test('media is read by id alone, with ranges', async () => {
  expect((await get('/media/known', { cookie })).body).toHaveLength(1000);
  const part = await get('/media/known', { cookie, range: 'bytes=10-19' });
  expect([part.status, part.body.length, part.headers['content-range']]).toEqual([206, 10, 'bytes 10-19/1000']);
  for (const id of ['unknown', '..%2fsecret.html', 'known%00', 'a'.repeat(65), '']) {
    expect((await get(`/media/${id}`, { cookie })).status, id).toBe(404);
  }
  expect((await get('/media/known')).status).toBe(403);
});

function dial(headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => socket.send('hello'));
    socket.on('message', (data) => {
      resolve(String(data));
      socket.close();
    });
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.on('error', () => {});
  });
}

test('a socket needs the cookie and the origin of the window itself', async () => {
  const origin = `http://127.0.0.1:${host.port}`;
  expect(await dial({ cookie, origin })).toBe('hello');
  expect(await dial({ origin })).toBe('403');
  expect(await dial({ cookie })).toBe('403');
  expect(await dial({ cookie, origin: 'http://evil.example' })).toBe('403');
});

/** Shows a host the proof for a challenge, as the window would. */
function comeBack(challenge: string, proof: string, origin = `http://127.0.0.1:${host.port}`): Promise<Answer> {
  const body = JSON.stringify({ challenge, proof });
  return get('/session', { origin, 'content-length': String(Buffer.byteLength(body)) }, 'POST', body);
}
const challengeIn = ({ body }: Answer) => (JSON.parse(body) as { challenge: string }).challenge;

test('a tab goes on with a host that was started again in the same home, where the last one was', async () => {
  const { port } = host;
  const { returnKey } = JSON.parse((await get('/session', { cookie })).body) as { returnKey: string };
  await host.close();
  host = await startHost('settings');
  expect(host.port).toBe(port);
  expect((await get('/', { cookie })).status).toBe(403); // the cookie of the last one is worth nothing

  const asked = await get('/session', { cookie });
  expect([asked.status, asked.body]).toEqual([401, expect.not.stringContaining(returnKey)]);
  const challenge = challengeIn(asked);
  const signedIn = await comeBack(challenge, proofOf(returnKey, challenge));
  expect(signedIn.status).toBe(204);
  cookie = String(signedIn.headers['set-cookie']).split(';')[0] ?? '';
  expect((await get('/', { cookie })).body).toContain('Shotloom');
  expect(await dial({ cookie, origin: `http://127.0.0.1:${port}` })).toBe('hello');
  const settings = join(folder, 'settings', 'web-host.json');
  expect(readFileSync(settings, 'utf8')).toContain(returnKey);
  if (process.platform !== 'win32') expect(statSync(settings).mode & 0o777).toBe(0o600);
});

test('a proof is good once, for a challenge of this host, from a window of its own, under the key of its home', async () => {
  const { returnKey } = JSON.parse((await get('/session', { cookie })).body) as { returnKey: string };
  const challenge = challengeIn(await get('/session'));
  expect((await comeBack(challenge, proofOf('another key', challenge))).status).toBe(401);
  expect((await comeBack(challenge, proofOf(returnKey, challenge))).status).toBe(401); // it was tried already
  expect((await comeBack('made up', proofOf(returnKey, 'made up'))).status).toBe(401);
  const fresh = challengeIn(await get('/session'));
  expect((await comeBack(fresh, proofOf(returnKey, fresh), 'http://evil.example')).status).toBe(403);
  expect((await get('/session', { origin: 'http://evil.example' })).status).toBe(403);
  expect((await get('/session', { host: 'evil.example' })).status).toBe(421);
});

test('where its last port is taken, and in another home, a host listens elsewhere', async () => {
  const [second, stranger] = [await startHost('settings'), await startHost('other settings')];
  expect(second.port).not.toBe(host.port);
  expect(stranger.port).not.toBe(host.port);
  await expect(startHost('settings', host.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await Promise.all([second.close(), stranger.close()]);
});

test('a window that goes while the engine is being reached leaves no line to it behind', async () => {
  const reached = Promise.withResolvers<void>();
  engineIsReached = reached.promise;
  const before = linesEnded;
  const headers = { cookie, origin: `http://127.0.0.1:${host.port}` };
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers });
  await new Promise((resolve) => socket.on('open', resolve));
  const isClosed = new Promise((resolve) => socket.on('close', resolve));
  socket.close();
  await isClosed;
  reached.resolve();
  await expect.poll(() => linesEnded).toBe(before + 1);
});
