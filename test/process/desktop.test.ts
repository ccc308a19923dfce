import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testHome } from './running-engine.ts';

// The shell as it ships, bundles and all, over a real engine; only Electron itself is the stand-in.

test.runIf(process.platform === 'linux')(
  'the bundled shell opens a window on a real engine, and leaves nothing behind',
  () => {
    const { home, remove } = testHome();
    const run = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'desktop-shell.ts')],
      {
        env: { ...process.env, SHOTLOOM_HOME: home, SHOTLOOM_NODE: process.execPath },
        encoding: 'utf8',
        timeout: 120_000,
      },
    );
    remove();
    expect(run.stdout, run.stderr).toContain('{');
    const came = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
    expect(came).toEqual({
      required: ['electron'], // all that a sandboxed preload script may have
      functions: 12,
      answered: 200,
      made: 'done',
      firstEvent: 'snapshot',
      windowStatus: 200,
      window: true,
      engineNodes: [process.execPath], // never Electron's own Node
      listening: [], // no port, in none of its processes
      isNewEngine: true,
      left: 0,
    });
  },
);
