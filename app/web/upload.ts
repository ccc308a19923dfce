import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Failure } from '../../engine/contract/failure.ts';
import type { ProjectId } from '../../engine/contract/ids.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';

/**
 * Takes a file dropped on the page: a browser gives its bytes, never its path, so it is kept in the project's `media`
 * folder. `POST /upload?project=…&name=…`, the file as the body; answers `{ path }` or `{ failure }`.
 */
export async function receiveUpload(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  engine: () => Promise<EngineClient>,
): Promise<void> {
  const projectId = (url.searchParams.get('project') ?? '') as ProjectId; // parsed by the engine
  const name = url.searchParams.get('name') ?? '';
  const opened = await (await engine()).system.openUpload({ projectId, name });
  if (opened.kind === 'failed') return answer(response, { failure: opened.failure });

  const { path } = opened.value;
  const pending = `${path}.${process.pid}.pending`;
  try {
    await pipeline(request, createWriteStream(pending));
    await rename(pending, path);
    answer(response, { path });
  } catch (error) {
    await rm(pending, { force: true });
    answer(response, { failure: failureOf(error, path) });
  }
}

function failureOf(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { code: 'disk-full', path };
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return { code: 'not-writable', path };
  return { code: 'media-unreadable', path, reason: 'the file did not arrive whole' };
}

function answer(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
