import { setTimeout as wait } from 'node:timers/promises';
import type { EngineAddress } from '../engine/rpc/engine-socket.ts';
import { type EngineProgram, type LaunchedEngine, launchEngine } from './launcher.ts';

/** Keeps one engine running for a host. */
export interface EngineKeeper {
  /** Where the engine listens; waits while it is being started again. */
  address(): Promise<EngineAddress>;
  readonly settingsFolder: string;
  /** Ends the engine: it folds its projects first. */
  stop(): Promise<void>;
}

const calmMs = 60_000;

/**
 * Starts the engine, and starts it again when it ends by itself: at once the first time, later and later when it keeps
 * ending. `onLost` is told each time, with what is known of why.
 */
export async function keepEngine(program: EngineProgram, onLost: (reason: string) => void): Promise<EngineKeeper> {
  let engine: Promise<LaunchedEngine> = launchEngine(program);
  let isStopping = false;
  let failures = 0;

  const watch = async (running: LaunchedEngine) => {
    const startedAt = Date.now();
    const reason = await new Promise<string>((resolve) => {
      running.process.once('exit', (code, signal) => resolve(String(signal ?? code)));
    });
    if (isStopping) return;
    failures = Date.now() - startedAt > calmMs ? 0 : failures + 1;
    onLost(reason);
    engine = wait(Math.min(10_000, 250 * (failures - 1) ** 2)).then(() => launchEngine(program));
    engine.then(watch, (error: unknown) => onLost(String(error)));
  };
  const first = await engine;
  watch(first);

  return {
    settingsFolder: first.settingsFolder,
    address: async () => (await engine).address,
    stop: async () => {
      isStopping = true;
      const running = await engine.catch(() => undefined);
      if (!running || running.process.exitCode !== null || running.process.signalCode !== null) return;
      const ended = new Promise<void>((resolve) => running.process.once('exit', () => resolve()));
      running.process.stdin?.end();
      // An engine that cannot fold (a hung disk) must not keep the host from ending: the journal has everything.
      const isTidy = await Promise.race([ended.then(() => true), wait(10_000, false)]);
      if (!isTidy) running.process.kill('SIGKILL');
    },
  };
}
