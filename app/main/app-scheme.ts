import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { protocol } from 'electron';
import { windowOrigin } from '../../engine/contract/desktop-bridge.ts';
import { assertNever } from '../../engine/document/film.ts';
import {
  type AnswerBody,
  answerRequest,
  type HostAnswer,
  sentenceAnswer,
  type WindowSources,
} from '../answer-request.ts';

// The window's own address, shotloom://app/: its files and its media come from here and from nowhere else. No port is
// opened for them, so no other program can ask.

const scheme = new URL(windowOrigin).protocol.slice(0, -1);

/** Makes the scheme as good as https: origins, fetch, and media that seek. Electron takes it only before it is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** Answers every request of the window. Electron's own file fetching ignores ranges, so that no film could be sought. */
export function serveAppScheme(sources: WindowSources): void {
  protocol.handle(scheme, (request) => respond(request, sources));
}

/** One request, as the web's own types have it: the same answer that the web host gives. */
export async function respond(request: Request, sources: WindowSources): Promise<Response> {
  const url = new URL(request.url);
  const header = (name: string) => request.headers.get(name) ?? undefined;
  if (`${url.protocol}//${url.host}` !== windowOrigin) return responseOf(sentenceAnswer(404, 'There is nothing here.'));
  const asked = {
    method: request.method,
    path: url.pathname,
    range: header('range'),
    ifRange: header('if-range'),
    ifNoneMatch: header('if-none-match'),
  };
  const answer = await answerRequest(asked, sources).catch(() => sentenceAnswer(503, 'The engine is starting.'));
  return responseOf(answer);
}

function responseOf({ status, headers, body }: HostAnswer): Response {
  return new Response(contentOf(body), { status, headers });
}

function contentOf(body: AnswerBody): BodyInit | null {
  switch (body.kind) {
    case 'none':
      return null;
    case 'bytes':
      return body.content;
    case 'file': {
      // The page that leaves off reading cancels the stream, and that closes the file.
      const file = createReadStream(body.path, { start: body.start, end: body.end });
      return Readable.toWeb(file) as unknown as BodyInit; // Node's and the DOM's types of one and the same stream
    }
    default:
      return assertNever(body);
  }
}
