import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { securityHeaders } from '../../engine/contract/headers.ts';
import { assertNever } from '../../engine/document/film.ts';
import type { Message, Port } from '../../engine/rpc/port.ts';
import { answerRequest, type HostAnswer, sentenceAnswer, type WindowSources } from '../answer-request.ts';
import { relay } from '../relay.ts';
import { type Access, accessFor, type Refusal } from './access.ts';
import type { HostMemory } from './host-memory.ts';
import { answerSession } from './session.ts';
import { receiveUpload } from './upload.ts';

export interface WebHostOptions extends WindowSources {
  /** Where to listen; 0 for where the last host did, if that is free, else for any port. */
  readonly port: number;
  readonly memory: HostMemory;
  readonly origins: readonly string[];
  /** A fresh connection to the engine for each window. */
  readonly dial: () => Promise<Port>;
}

export interface WebHost {
  readonly port: number;
  /** The link that signs a browser in, once. */
  readonly link: string;
  close(): Promise<void>;
}

/** Serves the window to a browser on this machine, and relays between it and the engine. Never beyond loopback. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { memory } = options;
  const server = createServer();
  const port = await listenSomewhere(server, options.port, memory.port);
  memory.rememberPort(port);
  const access = accessFor(port, options.origins, memory.returnKey);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response, access, options).catch(() => {
      if (response.headersSent) response.destroy();
      else send(response, sentenceAnswer(500, 'The host could not answer.'));
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const isAllowed = request.url === '/rpc' && request.headers.origin !== undefined && !access.refusalOf(request);
    if (!isAllowed) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (window) => connectWindow(window, options.dial));
  });

  return {
    port,
    link: `http://127.0.0.1:${port}/?t=${access.token}`,
    close: () =>
      new Promise((resolve) => {
        for (const window of sockets.clients) window.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, access: Access, options: WebHostOptions) {
  // First, so that no answer can go without them, whoever gives it.
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  const url = new URL(request.url ?? '/', 'http://host');

  const token = url.searchParams.get('t');
  const refusal = access.refusalOf(request);
  if (token !== null && refusal !== 'wrong-host' && refusal !== 'wrong-origin') {
    const cookie = access.signIn(token);
    // A link followed twice by a browser that is signed in already is no offence.
    if (cookie) response.setHeader('Set-Cookie', cookie);
    if (cookie || !refusal) return void response.writeHead(303, { Location: '/' }).end();
  }
  const mayComeBack = !refusal || refusal === 'not-signed-in';
  if (url.pathname === '/session' && mayComeBack)
    return answerSession(request, response, { access, isSignedIn: !refusal, memory: options.memory });
  if (refusal) return send(response, sentenceAnswer(refusal === 'wrong-host' ? 421 : 403, sentenceFor(refusal)));

  if (request.method === 'POST' && url.pathname === '/upload')
    return receiveUpload(request, response, url, options.engine);
  const { headers, method = 'GET' } = request;
  const asked = {
    method,
    path: url.pathname,
    range: headers.range,
    ifRange: single(headers['if-range']),
    ifNoneMatch: single(headers['if-none-match']),
  };
  send(response, await answerRequest(asked, options));
}

function send(response: ServerResponse, { status, headers, body }: HostAnswer): void {
  response.writeHead(status, { ...headers });
  switch (body.kind) {
    case 'none':
      return void response.end();
    case 'bytes':
      return void response.end(body.content);
    case 'file': {
      const file = createReadStream(body.path, { start: body.start, end: body.end });
      file.on('error', () => response.destroy());
      response.on('close', () => file.destroy());
      file.pipe(response);
      return;
    }
    default:
      assertNever(body);
  }
}

async function connectWindow(window: WebSocket, dial: WebHostOptions['dial']): Promise<void> {
  const port = windowPort(window);
  try {
    const engine = await dial();
    // One that went in the meantime says so no more; the engine would keep its project open for nobody.
    if (window.readyState === window.OPEN) relay(port, engine);
    else engine.close();
  } catch {
    window.close(1013, 'The engine is starting.');
  }
}

/** A `ws` connection as a port. Messages that come before the engine is reached wait. */
function windowPort(window: WebSocket): Port {
  const early: Message[] = [];
  let listener: ((message: Message) => void) | undefined;
  window.on('message', (data: Buffer, isBinary) => {
    const message: Message = isBinary ? new Uint8Array(data) : data.toString('utf8');
    if (listener) listener(message);
    else early.push(message);
  });
  return {
    send: (message) => window.send(message),
    onMessage: (added) => {
      listener = added;
      for (const message of early.splice(0)) added(message);
    },
    onClose: (closed) => void window.once('close', closed),
    close: () => window.close(),
  };
}

function sentenceFor(refusal: Refusal): string {
  return refusal === 'not-signed-in'
    ? 'This is Shotloom. Open it with the link that was printed where it was started.'
    : 'This address is not one that Shotloom answers to.';
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

async function listenSomewhere(server: Server, asked: number, last: number | undefined): Promise<number> {
  if (asked !== 0 || last === undefined) return listen(server, asked);
  return listen(server, last).catch(() => listen(server, 0));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port); // a TCP server has one
    });
  });
}
