import type { EngineClient } from '../../engine/rpc/client.ts';
import type { EngineLink } from './connection.ts';

const pauseMs = 500;

/**
 * Follows what an engine tells, on every connection anew: a restarted one has forgotten, and tells from the start.
 * `follow` takes in one engine's news until they end; that it throws when the connection goes is no news.
 * Ends with the signal, which `follow` hands on to what it asks.
 */
export async function followEngine(
  link: EngineLink,
  follow: (engine: EngineClient) => Promise<void>,
  closed: AbortSignal,
): Promise<void> {
  while (!closed.aborted) {
    try {
      await follow(await link.connected(closed));
    } catch {
      // The connection went: the next one is followed.
    }
    if (!closed.aborted) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
