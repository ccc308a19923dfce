import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { respondWithFile } from '../../app/media-response.ts';

/** A site for a test's browser: a built page, and files under `/media` with byte ranges as the hosts serve them. */
export interface MediaSite {
  readonly address: string;
  /** Requests for each path so far, with the ranges asked for. */
  readonly asked: readonly { readonly path: string; readonly range: string | undefined }[];
  close(): Promise<void>;
}

export async function serveMediaSite(pageFolder: string, mediaFolder: string): Promise<MediaSite> {
  const asked: { path: string; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    asked.push({ path, range: request.headers.range });
    const isMedia = path.startsWith('/media/');
    const name = isMedia ? path.slice('/media/'.length) : path === '/' ? 'index.html' : path;
    const file = join(isMedia ? mediaFolder : pageFolder, normalize(`/${name}`));
    void answer(file, request.method ?? 'GET', request.headers.range, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  return {
    address: `http://127.0.0.1:${port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(path: string, method: string, range: string | undefined, response: ServerResponse) {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    response.writeHead(404, isolated).end();
    return;
  }
  const mime = mimeTypes[extname(path)] ?? 'application/octet-stream';
  const reply = respondWithFile({ method, range }, { sizeBytes: found.size, modifiedMs: found.mtimeMs, mime });
  response.writeHead(reply.status, { ...reply.headers, ...isolated });
  if (!reply.body) {
    response.end();
    return;
  }
  const stream = createReadStream(path, reply.body);
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.wav': 'audio/wav',
};

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
