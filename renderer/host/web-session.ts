import { z } from 'zod';
import type { HostStanding } from '../state/connection.ts';

const answerSchema = z.union([z.object({ returnKey: z.string() }), z.object({ challenge: z.string() })]);

/** How long a host on this machine may take to answer before it counts as silent. */
const patienceMs = 5000;

/**
 * Asks the web host how this tab stands with it, and comes back to one that was started again: the tab was told a key
 * while it was signed in, and shows that it knows it by a keyed hash of the host's challenge. The key itself is never
 * sent, as somebody else's program may listen on the port by now. Call it once while signed in.
 */
export function webSession(request: typeof fetch = (...args) => fetch(...args)): () => Promise<HostStanding> {
  let returnKey: string | undefined;

  const ask = async (init?: RequestInit) => {
    const response = await request('/session', { ...init, signal: AbortSignal.timeout(patienceMs) });
    return response.ok && init ? undefined : answerSchema.parse(await response.json());
  };
  const comeBack = async (key: string, challenge: string): Promise<HostStanding> => {
    const body = JSON.stringify({ challenge, proof: await proofOf(key, challenge) });
    const refused = await ask({ method: 'POST', body });
    return refused ? 'signed-out' : 'signed-in';
  };

  return async () => {
    try {
      const answer = await ask();
      if (!answer) return 'silent';
      if ('challenge' in answer) return returnKey ? await comeBack(returnKey, answer.challenge) : 'signed-out';
      returnKey = answer.returnKey;
      return 'signed-in';
    } catch {
      return 'silent'; // nobody listens there, or a program that is not ours
    }
  };
}

/** HMAC-SHA-256 of the challenge under the key, as base64url; the same as `proofOf` of the host. */
async function proofOf(key: string, challenge: string): Promise<string> {
  const text = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', text.encode(key), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', imported, text.encode(challenge));
  const characters = String.fromCharCode(...new Uint8Array(signature));
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
