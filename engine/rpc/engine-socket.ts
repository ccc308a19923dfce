import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\shotloom-${name}` : join(runtimeFolder, name);
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
