import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Access } from './access.ts';
import type { HostMemory } from './host-memory.ts';

const proofSchema = z.object({ challenge: z.string(), proof: z.string() });
const longestBodyBytes = 1000;

interface Session {
  readonly access: Access;
  readonly isSignedIn: boolean;
  readonly memory: HostMemory;
}

/**
 * `GET /session` tells a tab how it stands: signed in (200, with the key by which it can come back to a host started
 * later), or not (401, with a challenge). `POST /session` with the proof that it knows the key signs it in (204).
 */
export async function answerSession(
  request: IncomingMessage,
  response: ServerResponse,
  { access, isSignedIn, memory }: Session,
): Promise<void> {
  if (request.method !== 'POST') {
    if (isSignedIn) send(response, 200, { returnKey: memory.returnKey });
    else send(response, 401, { challenge: access.challenge() });
    return;
  }
  const shown = await readProof(request);
  const cookie = shown && access.signInAgain(shown.challenge, shown.proof);
  if (cookie) response.writeHead(204, { 'Set-Cookie': cookie }).end();
  else send(response, 401, { challenge: access.challenge() });
}

async function readProof(request: IncomingMessage): Promise<z.infer<typeof proofSchema> | undefined> {
  if (Number(request.headers['content-length'] ?? Number.POSITIVE_INFINITY) > longestBodyBytes) return undefined;
  try {
    return proofSchema.parse(JSON.parse(await text(request)));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}
