import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Why a request is turned away. */
export type Refusal = 'wrong-host' | 'wrong-origin' | 'not-signed-in';

/** Who may talk to the loopback host: the browser that was given the one-time link, under the addresses expected. */
export interface Access {
  /** The link's token; it opens the door once. */
  readonly token: string;
  /** Exchanges the token for a cookie, or undefined when it is not the token or was used before. */
  signIn(token: string): string | undefined;
  /** Something to be hashed by a tab that says it was signed in before; good for one try. */
  challenge(): string;
  /** Exchanges the proof that a tab knows the return key for a cookie, or undefined when it is none. */
  signInAgain(challenge: string, proof: string): string | undefined;
  refusalOf(request: Pick<IncomingMessage, 'headers' | 'method'>): Refusal | undefined;
}

/**
 * @param port where the host listens; it is in the cookie's name, so that two of them on one machine do not collide
 * @param origins further origins (`https://name`) under which a tunnel makes the host reachable
 * @param returnKey what tabs that were signed in to an earlier host of this home know
 */
export function accessFor(port: number, origins: readonly string[], returnKey: string): Access {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  const cookieName = `shotloom-${port}`;
  const allowedOrigins = new Set([`http://127.0.0.1:${port}`, `http://localhost:${port}`, ...origins]);
  const allowedHosts = new Set([...allowedOrigins].map((origin) => new URL(origin).host));
  const cookie = `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
  const challenges = new Set<string>();
  let isUsed = false;

  return {
    token,
    signIn: (said) => {
      if (isUsed || !isSame(said, token)) return undefined;
      isUsed = true;
      return cookie;
    },
    challenge: () => {
      const challenge = randomBytes(32).toString('base64url');
      challenges.add(challenge);
      const [oldest] = challenges;
      if (challenges.size > mostChallenges && oldest) challenges.delete(oldest);
      return challenge;
    },
    signInAgain: (challenge, proof) =>
      challenges.delete(challenge) && isSame(proof, proofOf(returnKey, challenge)) ? cookie : undefined,
    refusalOf: ({ headers, method }) => {
      // A name that resolves here for the moment (DNS rebinding) is not one of ours.
      if (!allowedHosts.has(headers.host ?? '')) return 'wrong-host';
      const isSafe = method === 'GET' || method === 'HEAD';
      const origin = headers.origin;
      if (origin === undefined ? !isSafe : !allowedOrigins.has(origin)) return 'wrong-origin';
      return isSame(cookieOf(headers.cookie, cookieName), session) ? undefined : 'not-signed-in';
    },
  };
}

/** Tabs that come back at once; what a stranger asks for takes no memory. */
const mostChallenges = 64;

/** HMAC-SHA-256 of the challenge under the key, as base64url. */
export function proofOf(returnKey: string, challenge: string): string {
  return createHmac('sha256', returnKey).update(challenge).digest('base64url');
}

function cookieOf(header: string | undefined, name: string): string {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
}

function isSame(said: string, secret: string): boolean {
  const [a, b] = [Buffer.from(said), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
