import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EngineKeeper, keepEngine } from './engine-keeper.ts';

// Engines that do as they are told at each start, and say who they were.

type Start = 'ready' | 'silent' | 'dies' | 'talks nonsense';

let folder = '';
let keeper: EngineKeeper | undefined;
const lost: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shotloom 机 'k' "));
});
afterEach(async () => {
  await keeper?.stop();
  keeper = undefined;
  lost.length = 0;
  rmSync(folder, { recursive: true, force: true });
});

/** An engine whose first start goes as the first word says, the next one as the second; later ones as the last. */
function programOf(starts: readonly Start[]) {
  const entry = join(folder, 'engine.mjs');
  const pids = join(folder, 'pids');
  writeFileSync(pids, '');
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from 'node:fs';
    const count = readFileSync(${JSON.stringify(pids)}, 'utf8').split('\\n').length - 1;
    appendFileSync(${JSON.stringify(pids)}, process.pid + '\\n');
    const starts = ${JSON.stringify(starts)};
    const start = starts[Math.min(count, starts.length - 1)];
    if (start === 'dies') throw new Error('no room for an engine');
    if (start === 'talks nonsense') console.log('engine ready {"address":7}');
    if (start === 'ready')
      console.log('engine ready ' + JSON.stringify({ address: { path: String(process.pid), tokenFile: '' }, settingsFolder: '' }));
    process.stdin.resume().on('end', () => start !== 'silent' && process.exit());
    setInterval(() => {}, 1000);`,
  );
  return { node: process.execPath, entry, args: [] };
}

const started = () => readFileSync(join(folder, 'pids'), 'utf8').split('\n').filter(Boolean).map(Number);

async function keep(...starts: readonly Start[]): Promise<EngineKeeper> {
  // Where one is silent the test waits as long; any other is given the time that a busy machine takes for it.
  const patienceMs = starts.includes('silent') ? 5000 : 60_000;
  keeper = await keepEngine(programOf(starts), (reason) => void lost.push(reason), { patienceMs });
  return keeper;
}

/** kill −9 of the engine that runs now. */
async function killEngine(): Promise<void> {
  const [pid = 0] = started().slice(-1);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => lost).toContain('SIGKILL');
}

test('an engine that ends is started again, and who asks for it meanwhile is answered by the next', async () => {
  const kept = await keep('ready');
  const before = await kept.address();
  await killEngine();
  const after = await kept.address();
  expect([before.path, after.path]).toEqual(started().map(String));
  expect(lost).toEqual(['SIGKILL']);
});

test('one that hangs, one that dies and one that talks nonsense are each followed by another', async () => {
  const kept = await keep('ready', 'silent', 'dies', 'talks nonsense', 'ready');
  await killEngine();
  const { path } = await kept.address();
  expect(started()).toHaveLength(5);
  expect(path).toBe(`${started().at(-1)}`);
  expect(lost).toHaveLength(4);
  const early = (how: string) => `the engine ended before it was ready (${how})`;
  const nonsense = 'the engine does not say where it listens: engine ready {"address":7}';
  expect(lost.slice(1)).toEqual([early('SIGKILL'), early('1'), nonsense]);
  for (const pid of started().slice(0, -1)) expect(isRunning(pid)).toBe(false);
});

test('the first engine is not waited for without end, and its last words are told', async () => {
  await expect(keep('silent')).rejects.toThrow(/before it was ready \(SIGKILL\)/);
  await expect(keep('dies')).rejects.toThrow(/no room for an engine/);
  await expect(
    keepEngine({ node: join(folder, 'no-node'), entry: '', args: [] }, () => {}, { patienceMs: 5000 }),
  ).rejects.toThrow(/ENOENT/);
  expect(started().filter(isRunning)).toEqual([]);
});

test('a stop while the engine is starting again leaves no process behind, and nobody waiting', async () => {
  const kept = await keep('ready', 'ready');
  await killEngine();
  const asked = kept.address().catch((error: Error) => error.name);
  await expect.poll(() => started()).toHaveLength(2);
  await kept.stop();
  expect(started().filter(isRunning)).toEqual([]);
  await asked;
  await expect(kept.address()).rejects.toThrow();
  await wait(300); // the next pause would be over
  expect(started()).toHaveLength(2);
});

test('a stop in the pause before the next start starts no engine any more', async () => {
  const kept = await keep('ready', 'dies', 'dies', 'dies');
  await killEngine();
  await expect.poll(() => lost).toHaveLength(3); // the next pause takes a second
  const asked = kept.address();
  await Promise.all([expect(asked).rejects.toThrow(), kept.stop()]);
  expect(started()).toHaveLength(3);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
