import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { dialSocket, type EngineSocket, listenAtSocket } from './engine-socket.ts';
import type { Port } from './port.ts';

// The engine's private door: who may knock, and what is heard of those who may not.

const parent = mkdtempSync(join(tmpdir(), 'shotloom-door-'));
let socket: EngineSocket | undefined;
afterEach(() => {
  socket?.close();
  rmSync(parent, { recursive: true, force: true });
});

async function listen(): Promise<{ address: EngineSocket['address']; admitted: Port[] }> {
  const admitted: Port[] = [];
  socket = await listenAtSocket(join(parent, 'run'), (port) => void admitted.push(port));
  return { address: socket.address, admitted };
}
const closed = (port: Port) => new Promise<void>((resolve) => port.onClose(resolve));

test.skipIf(process.platform === 'win32')('socket, token and their folder are for their owner alone', async () => {
  const { address } = await listen();
  const mode = (path: string) => statSync(path).mode & 0o777;
  expect(mode(dirname(address.path))).toBe(0o700);
  expect([mode(address.path), mode(address.tokenFile)]).toEqual([0o600, 0o600]);
});

test('whoever knows the token gets in, and is heard', async () => {
  const { address, admitted } = await listen();
  const port = await dialSocket(address);
  port.send('hello');
  await expect.poll(() => admitted.length).toBe(1);
  const heard = new Promise((resolve) => admitted[0]?.onMessage(resolve));
  port.send('hello again');
  expect(await heard).toBe('hello again');
  port.close();
});

test.each(['', 'wrong', '0'.repeat(64)])('who says "%s" instead of the token is shown out unheard', async (said) => {
  const { address, admitted } = await listen();
  const forged = join(parent, 'forged');
  writeFileSync(forged, said);
  const port = await dialSocket({ ...address, tokenFile: forged });
  port.send('let me in');
  await closed(port);
  expect(admitted).toEqual([]);
});

test('every engine has a token of its own', async () => {
  const first = await listen();
  const [path, tokenFile] = [first.address.path, first.address.tokenFile];
  const second = await listenAtSocket(join(parent, 'run'), () => {});
  const port = await dialSocket({ path: second.address.path, tokenFile });
  await closed(port);
  expect(second.address.path).not.toBe(path);
  second.close();
});
