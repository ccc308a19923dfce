import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dialSocket, type EngineSocket, listenAtSocket, sweepDeadSockets } from './engine-socket.ts';

let folder = '';
let engine: EngineSocket | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shotloom 口 ')); // short: a socket's path may not be long
});
afterEach(() => {
  engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

const listen = async () => {
  engine = await listenAtSocket(folder, (port) => port.onMessage((message) => port.send(message)));
  return engine;
};

test.skipIf(process.platform === 'win32')('socket, token and their folder are for their owner alone', async () => {
  const { address } = await listen();
  const mode = (path: string) => statSync(path).mode & 0o777;
  expect(mode(dirname(address.path))).toBe(0o700);
  expect([mode(address.path), mode(address.tokenFile)]).toEqual([0o600, 0o600]);
});

test('whoever says the token is let in, and whoever does not is hung up on', async () => {
  const { address } = await listen();
  const port = await dialSocket(address);
  const echoed = new Promise((resolve) => port.onMessage(resolve));
  port.send('hello');
  expect(await echoed).toBe('hello');
  port.close();

  for (const guess of ['', 'short', 'x'.repeat(64)]) {
    writeFileSync(`${address.tokenFile}.guess`, guess);
    const stranger = await dialSocket({ ...address, tokenFile: `${address.tokenFile}.guess` });
    const heard: unknown[] = [];
    stranger.onMessage((message) => heard.push(message));
    stranger.send('hello');
    await new Promise<void>((resolve) => stranger.onClose(resolve));
    expect(heard).toEqual([]);
  }
});

test.skipIf(process.platform === 'win32')(
  'what killed engines left is swept; who listens or has just begun is left alone',
  async () => {
    const { address } = await listen();
    const old = new Date(Date.now() - 60_000);
    const names = ['4711-abcdef', '4712-abcdef'];
    for (const name of names) writeFileSync(join(folder, `${name}.token`), 'secret');
    writeFileSync(join(folder, '4711-abcdef'), ''); // refuses callers as a socket does whose engine was killed
    for (const file of [join(folder, '4711-abcdef.token'), address.tokenFile]) utimesSync(file, old, old);
    await sweepDeadSockets(folder);
    expect(readdirSync(folder).sort()).toEqual(
      [basename(address.path), basename(address.tokenFile), '4712-abcdef.token'].sort(),
    );
    (await dialSocket(address)).close();
  },
);
