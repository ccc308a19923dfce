import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
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

const readyLine = /^engine ready (\{.+\})$/;
const readySchema = z.object({
  address: z.object({ path: z.string(), tokenFile: z.string() }),
  settingsFolder: z.string(),
});

/**
 * Starts the engine and waits until it says where it listens. It lives as long as its standard input stays open: when
 * the host dies, however that happens, the engine folds its projects and ends. Rejects with its last words otherwise.
 */
export function launchEngine({ node, entry, args }: EngineProgram): Promise<LaunchedEngine> {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    const lastWords: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > 20) lastWords.shift();
      process.stderr.write(`${line}\n`);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = readyLine.exec(line)?.[1];
      if (told) resolve({ ...readySchema.parse(JSON.parse(told)), process: child });
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`the engine ended before it was ready (${signal ?? code})\n${lastWords.join('\n')}`));
    });
  });
}
