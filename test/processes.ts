import { readdirSync, readFileSync } from 'node:fs';

/** kill −9 of every process below one whose command line names a program. Linux; the tests that use it run there. */
export function killDescendants(pid: number, program: string): number {
  return signalDescendants(pid, program, 'SIGKILL');
}

/** Sends a signal to every process below one whose command line names a program; answers to how many. */
export function signalDescendants(pid: number, program: string, signal: NodeJS.Signals): number {
  const meant = descendantsRunning(pid, program);
  for (const each of meant) process.kill(each, signal);
  return meant.length;
}

/** Processes below one whose command line names a program. */
export function descendantsRunning(pid: number, program: string): number[] {
  return descendantsOf(pid).filter((each) => commandLine(each).includes(program));
}

/** Processes started by one, and by those. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? parentOf(Number(name)) : undefined;
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const isBelow = (each: number): boolean => {
    const parent = parents.get(each);
    return parent !== undefined && (parent === pid || isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

function parentOf(pid: number): number | undefined {
  try {
    // The name in parentheses may hold anything; the parent is the second field after it.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}

/** The words a process was started with; empty for one that is gone. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Resolves once a process has ended. Rejects after a minute: it will not end by itself. */
export async function untilGone(pid: number): Promise<void> {
  const end = performance.now() + 60_000;
  while (isAlive(pid)) {
    if (performance.now() > end) throw new Error(`process ${pid} goes on`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    // One that has ended and was not yet asked how by its parent is not alive either.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0] !== 'Z';
  } catch {
    return false;
  }
}
