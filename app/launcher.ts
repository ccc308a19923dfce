import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { EngineAddress } from '../engine/rpc/engine-socket.ts';

/** A running engine and where it listens. */
export interface LaunchedEngine {
  readonly address: EngineAddress;
  /** Where settings of this home lie; hosts keep theirs there too. */
  readonly settingsFolder: string;
  readonly process: ChildProcess;
}

export interface EngineProgram {
  /** The Node to run it on: 24, never Electron's own. */
  readonly node: string;
  readonly entry: string;
  readonly args: readonly string[];
}

export interface LaunchOptions {
  /** Gives the engine up before it is ready; the launch rejects once its process has gone. */
  readonly signal?: AbortSignal;
  /** How long the engine may take to say where it listens. */
  readonly patienceMs?: number;
}

/** Ten times what it takes on a machine that has much else to do. */
const longestStartMs = 30_000;
const readyLine = /^engine ready (\{.+\})$/;
const readySchema = z.object({
  address: z.object({ path: z.string(), tokenFile: z.string() }),
  settingsFolder: z.string(),
});

/**
 * Starts the engine and waits until it says where it listens. It lives as long as its standard input stays open: when
 * the host dies, however that happens, the engine folds its projects and ends. Rejects otherwise, with its last words,
 * when its process has gone: one that says nothing for too long is killed.
 */
export async function launchEngine(
  { node, entry, args }: EngineProgram,
  { signal, patienceMs = longestStartMs }: LaunchOptions = {},
): Promise<LaunchedEngine> {
  signal?.throwIfAborted();
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {}); // it went before its input was closed: `exit` tells
  const lastWords = passOnWords(child.stderr);
  const ended = endOf(child);
  const giveUp = () => void endEngine(child);
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  signal?.addEventListener('abort', giveUp);
  try {
    const told = await Promise.race([readyLineOf(child.stdout), ended]);
    signal?.throwIfAborted();
    if (typeof told !== 'string') return { ...told, process: child };
    throw new Error(`the engine ended before it was ready (${told})\n${await lastWords}`);
  } catch (error) {
    child.kill('SIGKILL');
    await ended;
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/**
 * Lets an engine fold its projects and end; resolves when its process has gone. One that cannot fold, on a disk that
 * hangs, is killed after ten seconds: its journals have everything.
 */
export async function endEngine(child: ChildProcess): Promise<void> {
  const ended = endOf(child);
  child.stdin?.end();
  const isTidy = await Promise.race([ended.then(() => true), wait(10_000, false, { ref: false })]);
  if (!isTidy) child.kill('SIGKILL');
  await ended;
}

/** Resolves with what is known of why, once there is no process of it (any more). */
export function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(String(child.signalCode ?? child.exitCode));
    child.once('exit', (code, signal) => resolve(String(signal ?? code)));
    child.once('error', (error) => child.pid === undefined && resolve(error.message));
  });
}

/** Passes on what is said, and resolves with the end of it: it may be read only after the process has gone. */
function passOnWords(output: Readable): Promise<string> {
  const lastLines: string[] = [];
  const lines = createInterface({ input: output }).on('line', (line) => {
    lastLines.push(line);
    if (lastLines.length > 20) lastLines.shift();
    process.stderr.write(`${line}\n`);
  });
  return new Promise((resolve) => lines.once('close', () => resolve(lastLines.join('\n'))));
}

function readyLineOf(output: Readable): Promise<z.infer<typeof readySchema>> {
  return new Promise((resolve, reject) => {
    createInterface({ input: output }).on('line', (line) => {
      const told = readyLine.exec(line)?.[1];
      if (told === undefined) return;
      try {
        resolve(readySchema.parse(JSON.parse(told)));
      } catch (cause) {
        reject(new Error(`the engine does not say where it listens: ${line}`, { cause }));
      }
    });
  });
}
