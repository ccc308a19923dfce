import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { streamPort } from '../rpc/stream-port.ts';
import type { LineListener, RunnerLine } from './shot-order.ts';

export interface RunnerProgram {
  /** The runner's `main`, as source or as bundle. */
  readonly entry: string;
  /** The Node to run it with; the one running now unless told otherwise. */
  readonly nodePath?: string;
  /** Threads for the networks; the runner counts cores unless told. */
  readonly threads?: number;
  /** Gets what the runner writes to stdout and stderr, line by line. */
  readonly log: (line: string) => void;
}

/** One life of a runner. */
export interface RunnerProcess {
  readonly pid: number | undefined;
  readonly line: RunnerLine;
  /** Resolves with a word on how it ended, once it has; never rejects. */
  readonly ended: Promise<string>;
  kill(): void;
}

/** Starts a runner. It lives until it is killed, crashes, or this process ends. */
export function startRunnerProcess({ entry, nodePath, threads, log }: RunnerProgram): RunnerProcess {
  const options = threads === undefined ? [] : ['--threads', String(threads)];
  const child = spawn(nodePath ?? process.execPath, [entry, ...options], {
    // 3 carries orders there, 4 answers back; `overlapped` is what Windows needs for pipes that do not block.
    stdio: ['ignore', 'pipe', 'pipe', 'overlapped', 'overlapped'],
    env: withoutNodeOptions(process.env),
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', log);
  return { pid: child.pid, line: lineTo(child), ended: endOf(child), kill: () => child.kill('SIGKILL') };
}

function lineTo({ stdio }: ChildProcess): RunnerLine {
  const port = streamPort(stdio[4] as Readable, stdio[3] as Writable); // the pipes that `spawn` was asked for
  let listener: LineListener | undefined;
  let isBroken = false;
  port.onMessage((message) => listener?.onMessage(message));
  port.onClose(() => {
    isBroken = true;
    listener?.onBreak();
  });
  return {
    send: (order) => port.send(JSON.stringify(order)),
    listen: (next) => {
      listener = next;
      if (isBroken) next.onBreak();
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message)); // it could not be started
    child.once('close', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`));
  });
}

// Flags meant for the engine, such as a debugger's port, would stop a second process from starting.
function withoutNodeOptions({ NODE_OPTIONS: _, ...environment }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return environment;
}
