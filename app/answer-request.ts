import { stat } from 'node:fs/promises';
import { securityHeaders } from '../engine/contract/headers.ts';
import type { MediaId } from '../engine/contract/ids.ts';
import type { EngineClient } from '../engine/rpc/client.ts';
import { type MediaRequest, respondWithFile } from './media-response.ts';
import { staticFile } from './static-files.ts';

/** Where a host finds what the window asks for. */
export interface WindowSources {
  /** The folder of the built window. */
  readonly windowFolder: string;
  readonly engine: () => Promise<EngineClient>;
}

/** What a host is asked: a browser's request over HTTP, or the desktop window's over its own scheme. */
export interface WindowRequest extends MediaRequest {
  /** The path of the address, escapes and all. */
  readonly path: string;
}

export interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AnswerBody;
}

export type AnswerBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'bytes'; readonly content: Uint8Array<ArrayBuffer> }
  /** Bytes of a file, `start` to `end`, both included. */
  | { readonly kind: 'file'; readonly path: string; readonly start: number; readonly end: number };

/**
 * Answers the window for its own files and for media: the same under every host, the policy included. An address names
 * no path: the window's files come from one folder, media by an id that the engine granted.
 */
export async function answerRequest(request: WindowRequest, sources: WindowSources): Promise<HostAnswer> {
  const { method, path } = request;
  if (method !== 'GET' && method !== 'HEAD') return sentenceAnswer(405, 'Only reading is possible here.');
  if (path.startsWith('/media/')) return mediaAnswer(request, path.slice('/media/'.length), sources);
  return staticAnswer(request, sources);
}

/** A sentence for a person who came here by hand. */
export function sentenceAnswer(status: number, sentence: string): HostAnswer {
  const headers = { ...securityHeaders, 'Content-Type': 'text/plain; charset=utf-8' };
  return { status, headers, body: { kind: 'bytes', content: new TextEncoder().encode(`${sentence}\n`) } };
}

const nothingHere = () => sentenceAnswer(404, 'There is nothing here.');

function staticAnswer({ method, path }: WindowRequest, { windowFolder }: WindowSources): HostAnswer {
  const file = staticFile(windowFolder, path);
  if (!file) return nothingHere();
  const headers = {
    ...securityHeaders,
    'Content-Type': file.mime,
    'Content-Length': String(file.content.length),
    'Cache-Control': file.isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
  };
  return {
    status: 200,
    headers,
    body: method === 'HEAD' ? { kind: 'none' } : { kind: 'bytes', content: file.content },
  };
}

async function mediaAnswer(request: WindowRequest, id: string, { engine }: WindowSources): Promise<HostAnswer> {
  const granted = /^[A-Za-z0-9_-]{1,64}$/.test(id)
    ? await (await engine()).system.resolveMedia({ media: id as MediaId })
    : undefined;
  const stats = granted && (await stat(granted.path).catch(() => undefined));
  if (!granted || !stats?.isFile()) return nothingHere();
  const served = { sizeBytes: stats.size, modifiedMs: stats.mtimeMs, mime: granted.mime };
  const { status, headers, body } = respondWithFile(request, served);
  return {
    status,
    headers: { ...securityHeaders, ...headers },
    body: body ? { kind: 'file', path: granted.path, ...body } : { kind: 'none' },
  };
}
