import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const entry = join(import.meta.dirname, '../dist/node/web.mjs');

/** The web host as people start it, on a home of its own. */
export interface HostProcess {
  readonly pid: number;
  /** The link it printed, good for one browser. */
  readonly link: string;
  /** As Ctrl+C does: the engine folds its projects first. */
  stop(): Promise<void>;
}

export interface HostOptions {
  /** What its file windows show beside its home. */
  readonly roots?: readonly string[];
  /** What becomes of its complaints: a campaign that kills things all the time does not want to see them. */
  readonly errors?: 'inherit' | 'ignore';
}

export function startHostProcess(
  home: string,
  { roots = [], errors = 'inherit' }: HostOptions = {},
): Promise<HostProcess> {
  const child = spawn(process.execPath, [entry, ...[...roots, home].flatMap((root) => ['--root', root])], {
    env: { ...process.env, SHOTLOOM_HOME: home },
    stdio: ['ignore', 'pipe', errors],
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const link = /^Shotloom is at (http\S+)$/.exec(line)?.[1];
      if (link) resolve({ pid: child.pid ?? 0, link, stop });
    });
    child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
  });
}
