import { setTimeout as wait } from 'node:timers/promises';
import type { EngineAddress } from '../engine/rpc/engine-socket.ts';
import { type EngineProgram, endEngine, endOf, type LaunchedEngine, launchEngine } from './launcher.ts';

/** Keeps one engine running for a host. */
export interface EngineKeeper {
  /** Where the engine listens; waits while it is being started again. Rejects once `stop` was called. */
  address(): Promise<EngineAddress>;
  readonly settingsFolder: string;
  /** Ends the engine, or the one that is starting; resolves when no process of it is left. It folds its projects first. */
  stop(): Promise<void>;
}

export interface KeepOptions {
  /** How long an engine may take to say where it listens before another is tried. */
  readonly patienceMs?: number;
}

/** An engine that ran for so long ended for a reason of its own, not for one that made the last one end. */
const calmMs = 60_000;
const longestPauseMs = 10_000;

/**
 * Starts the engine, and starts it again when it ends by itself, for as long as it takes: at once the first time, later
 * and later when it keeps ending or does not get ready. `onLost` is told each time, with what is known of why. Rejects
 * when the first one does not get ready: then the program itself cannot run here.
 */
export async function keepEngine(
  program: EngineProgram,
  onLost: (reason: string) => void,
  { patienceMs }: KeepOptions = {},
): Promise<EngineKeeper> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const launch = () => launchEngine(program, { signal, ...(patienceMs && { patienceMs }) });
  let failures = 0;

  const launchAgain = async (): Promise<LaunchedEngine> => {
    for (;;) {
      await wait(Math.min(longestPauseMs, 250 * failures ** 2), undefined, { signal });
      failures += 1;
      try {
        return await launch();
      } catch (error) {
        signal.throwIfAborted();
        // What it said itself stands on standard error already.
        const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
        onLost(reason);
      }
    }
  };
  const keep = async (first: LaunchedEngine) => {
    for (let running = first; ; running = await current) {
      const startedAt = performance.now();
      const reason = await endOf(running.process);
      signal.throwIfAborted();
      if (performance.now() - startedAt > calmMs) failures = 0;
      onLost(reason);
      current = launchAgain();
    }
  };

  const first = await launch();
  let current = Promise.resolve(first);
  keep(first).catch(() => {}); // ends with `stop` only

  return {
    settingsFolder: first.settingsFolder,
    address: async () => {
      signal.throwIfAborted();
      return (await current).address;
    },
    stop: async () => {
      stopping.abort();
      const running = await current.catch(() => undefined);
      if (running) await endEngine(running.process);
    },
  };
}
