import type { Failure } from '../contract/failure.ts';
import { assertNever } from '../document/film.ts';
import { countCrashes } from './crash-count.ts';
import { type RunnerProcess, type RunnerProgram, startRunnerProcess } from './runner-process.ts';
import { orderShot, type ShotListener, type ShotOrder, type ShotOutcome } from './shot-order.ts';

/**
 * How making a shot ended. `died`: the process did, over this shot, and its failure says so. Where crashes were too many
 * none was started for it: the failure is the same, and a `failed` one.
 */
export type ShotEnd = ShotOutcome | { readonly kind: 'died'; readonly failure: Failure };

/** The engine's side of the runner. It starts the process when a shot is asked for, and again after a crash. */
export interface ShotRunner {
  /**
   * Makes a shot. Shots asked for together are made one after the other. Rejects only with what the listener threw;
   * the shot is cancelled then.
   */
  makeShot(order: ShotOrder, listener: ShotListener): Promise<ShotEnd>;
  /** The process that is alive now, if any. */
  readonly pid: number | undefined;
  /** Crashes within the last five minutes, and whether they were too many: then none is started until they are forgotten. */
  crashes(): { readonly count: number; readonly isTooMany: boolean };
  forgetCrashes(): void;
  /** Ends the process at once; a shot in the making is cancelled, and so is every later one. */
  dispose(): Promise<void>;
}

export interface SupervisorOptions extends RunnerProgram {
  /** A cancelled shot ends after the step it is in; a runner that has not answered by then is killed. */
  readonly cancelGraceMs?: number;
  /** An idle runner is ended after this long: releasing networks gives nothing back (361 → 366 MB measured). */
  readonly idleMs?: number;
  /** For counting crashes: any clock that only goes forward. */
  readonly nowMs?: () => number;
}

export function superviseRunner(options: SupervisorOptions): ShotRunner {
  const { cancelGraceMs = 10_000, idleMs = 5 * 60_000, nowMs = () => performance.now() } = options;
  const crashes = countCrashes(nowMs);
  const disposal = new AbortController();
  let life: RunnerProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let jobCount = 0;
  let last: Promise<unknown> = Promise.resolve();

  const start = (): RunnerProcess => {
    const started = startRunnerProcess(options);
    void started.ended.then((how) => {
      if (life !== started) return; // it was ended on purpose
      life = undefined;
      crashes.add();
      options.log(`the runner stopped: ${how}`);
    });
    return started;
  };

  const end = async () => {
    const ending = life;
    life = undefined;
    ending?.kill();
    await ending?.ended;
  };

  const make = async (order: ShotOrder, listener: ShotListener): Promise<ShotEnd> => {
    const signal = AbortSignal.any([listener.signal, disposal.signal]);
    const stopped = (): Failure => ({
      code: 'runner-stopped',
      packId: order.request.packId,
      crashCount: crashes.recent(),
    });
    if (signal.aborted) return { kind: 'cancelled' };
    if (crashes.isTooMany()) return { kind: 'failed', failure: stopped() };
    clearTimeout(idle);
    life ??= start();
    const current = life;
    jobCount += 1;
    const numbered = { ...order, job: jobCount };
    const heard = { ...listener, signal };
    const ending = await orderShot(current.line, numbered, heard, cancelGraceMs).finally(() => {
      idle = setTimeout(() => void end(), idleMs).unref();
    });
    switch (ending.kind) {
      case 'silent':
        await end();
        return { kind: 'cancelled' };
      case 'lost':
        current.kill(); // it may be alive and talking nonsense
        await current.ended;
        return signal.aborted ? { kind: 'cancelled' } : { kind: 'died', failure: stopped() };
      case 'finished':
      case 'cancelled':
      case 'failed':
        return ending;
      default:
        return assertNever(ending);
    }
  };

  return {
    makeShot: (order, listener) => {
      const made = last.then(() => make(order, listener));
      last = made.catch(() => {});
      return made;
    },
    get pid() {
      return life?.pid;
    },
    crashes: () => ({ count: crashes.recent(), isTooMany: crashes.isTooMany() }),
    forgetCrashes: crashes.forget,
    dispose: async () => {
      disposal.abort();
      clearTimeout(idle);
      await end();
    },
  };
}
