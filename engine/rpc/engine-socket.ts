import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { Port } from './port.ts';
import { socketPort } from './stream-port.ts';

// The engine listens where only its user can knock: a unix socket in a folder of mode 0700, a named pipe on Windows.
// Whoever connects must first say the token that lies in that folder, because any user can open a named pipe.

/** Where an engine listens, and the file that holds the token to say there. Both lie in its private folder. */
export interface EngineAddress {
  readonly path: string;
  readonly tokenFile: string;
}

export interface EngineSocket {
  readonly address: EngineAddress;
  close(): void;
}

/** Listens in the given private folder; each caller that knows the token becomes a port. */
export async function listenAtSocket(runtimeFolder: string, onPort: (port: Port) => void): Promise<EngineSocket> {
  const name = `${process.pid}-${randomBytes(3).toString('hex')}`;
  mkdirSync(runtimeFolder, { recursive: true, mode: 0o700 });
  if (process.platform !== 'win32') chmodSync(runtimeFolder, 0o700);
  const path = pathOf(runtimeFolder, name);
  const token = randomBytes(32).toString('hex');
  const tokenFile = join(runtimeFolder, `${name}.token`);
  writeFileSync(tokenFile, token, { mode: 0o600 });

  const server = createServer((socket) => admit(socketPort(socket), token, onPort));
  await listen(server, path);
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  return {
    address: { path, tokenFile },
    close: () => {
      server.close();
      rmSync(tokenFile, { force: true });
      if (process.platform !== 'win32') rmSync(path, { force: true });
    },
  };
}

/** Removes the addresses of engines that were killed. One that listens, or has only just begun, keeps its own. */
export async function sweepDeadSockets(runtimeFolder: string): Promise<void> {
  const names = readdirSync(runtimeFolder, { withFileTypes: true }).flatMap(
    ({ name }) => tokenName.exec(name)?.[1] ?? [],
  );
  for (const name of names) {
    const tokenFile = join(runtimeFolder, `${name}.token`);
    const ageMs = Date.now() - (statSync(tokenFile, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    const path = pathOf(runtimeFolder, name);
    if (ageMs < longestStartMs || (await isListening(path))) continue;
    rmSync(tokenFile, { force: true });
    if (process.platform !== 'win32') rmSync(path, { force: true });
  }
}

const tokenName = /^(\d+-[0-9a-f]{6})\.token$/;
/** The token is written just before the engine listens. */
const longestStartMs = 10_000;

function pathOf(runtimeFolder: string, name: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\shotloom-${name}` : join(runtimeFolder, name);
}

/** Whether anybody answers there. What says neither yes nor no counts as yes. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => settle(true));
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('error', (error) =>
      settle(!('code' in error) || (error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')),
    );
  });
}

/** Connects to an engine at the address it gave. Rejects when nothing listens there any more. */
export async function dialSocket({ path, tokenFile }: EngineAddress): Promise<Port> {
  const token = readFileSync(tokenFile, 'utf8');
  const socket = connect(path);
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const port = socketPort(socket);
  port.send(token);
  return port;
}

function admit(port: Port, token: string, onPort: (port: Port) => void): void {
  let isKnown = false;
  const listeners: Parameters<Port['onMessage']>[0][] = [];
  port.onMessage((message) => {
    if (isKnown) {
      for (const listener of listeners) listener(message);
      return;
    }
    isKnown = typeof message === 'string' && isSame(message, token);
    if (isKnown) onPort({ ...port, onMessage: (listener) => void listeners.push(listener) });
    else port.close();
  });
}

function isSame(said: string, token: string): boolean {
  return said.length === token.length && timingSafeEqual(Buffer.from(said), Buffer.from(token));
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
