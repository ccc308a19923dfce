import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LaunchedEngine, launchEngine } from '../../app/launcher.ts';
import type { Failure } from '../../engine/contract/failure.ts';
import type { EditorId } from '../../engine/contract/ids.ts';
import type { OpenProject } from '../../engine/contract/project.ts';
import { connectEngine, type EngineClient } from '../../engine/rpc/client.ts';
import { dialSocket } from '../../engine/rpc/engine-socket.ts';
import { killDescendants } from '../processes.ts';

const root = join(import.meta.dirname, '../..');

/** A folder of this test's own, its name with a space, Chinese and a quote, and the tiny pack in it. */
export function testHome(): { readonly home: string; remove(): void } {
  const parent = mkdtempSync(join(tmpdir(), "shotloom 片 'p' "));
  const home = join(parent, 'home');
  mkdirSync(join(home, 'packs'), { recursive: true });
  cpSync(join(root, 'test/fixtures/packs/tiny-loom'), join(home, 'packs/tiny-loom'), { recursive: true });
  return { home, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** A real engine process, and a connection to it as a window has one. */
export interface RunningEngine {
  readonly client: EngineClient;
  readonly editorId: EditorId;
  readonly pid: number;
  /** kill −9, and wait until it is gone. */
  kill(): Promise<void>;
  killRunner(): number;
  /** Ends as when its host ends. */
  stop(): Promise<void>;
}

export async function startEngine(
  home: string,
  editorId = `window-${randomUUID()}` as EditorId,
): Promise<RunningEngine> {
  process.env.SHOTLOOM_HOME = home;
  const engine = await launchEngine({
    node: process.execPath,
    entry: join(root, 'dist/node/engine.mjs'),
    args: ['--root', home],
  });
  const client = connectEngine(await dialSocket(engine.address));
  const pid = engine.process.pid ?? 0;
  return {
    client,
    editorId,
    pid,
    kill: async () => {
      const gone = ended(engine);
      process.kill(pid, 'SIGKILL');
      await gone;
    },
    killRunner: () => killDescendants(pid, 'runner.mjs'),
    stop: async () => {
      if (engine.process.exitCode !== null || engine.process.signalCode !== null) return;
      const gone = ended(engine);
      engine.process.stdin?.end();
      await gone;
    },
  };
}

export async function createProject({ client, editorId }: RunningEngine, folder: string): Promise<OpenProject> {
  const rate = { num: 24, den: 1 };
  return done(
    await client.project.create({ folder, name: 'Kill', language: 'en', editorId, rate, widthPx: 320, heightPx: 180 }),
  );
}

export async function openProject({ client, editorId }: RunningEngine, folder: string): Promise<OpenProject> {
  return done(await client.project.open({ folder, editorId }));
}

export function done<T>(outcome: { kind: 'done'; value: T } | { kind: 'failed'; failure: Failure }): T {
  if (outcome.kind === 'failed') throw new Error(JSON.stringify(outcome.failure));
  return outcome.value;
}

function ended({ process: child }: LaunchedEngine): Promise<void> {
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
