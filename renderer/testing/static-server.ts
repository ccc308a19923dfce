import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { securityHeaders } from '../../engine/contract/headers.ts';

/** What both hosts send; `blob:` is let in for the stand-in engine alone, whose media are blobs of the page. */
const headers = Object.fromEntries(
  Object.entries(securityHeaders).map(([name, value]) => [
    name,
    value.replace("connect-src 'self'", "connect-src 'self' blob:"),
  ]),
);

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves a built window on a free port of this machine, under the policy it ships with. */
export async function serveFolder(folder: string): Promise<{ readonly url: string; readonly close: () => void }> {
  const server: Server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname));
    readFile(join(folder, path)).then(
      (bytes) =>
        response
          .writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a listening TCP server's
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
