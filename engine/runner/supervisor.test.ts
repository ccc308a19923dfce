import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { packIdSchema } from '../contract/ids.ts';
import type { Activity } from '../contract/job.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { RgbFrames } from '../generate/rgb-frames.ts';
import type { ShotListener } from './shot-order.ts';
import { type ShotEnd, type ShotRunner, type SupervisorOptions, superviseRunner } from './supervisor.ts';

// Real processes: the runner from its sources with the tiny random pack, and small programs that misbehave. Whatever is
// waited for is a state; the limit only ends a wait that nothing will end.
const entry = join(import.meta.dirname, 'main.ts');
const packFolder = join(import.meta.dirname, '../../test/fixtures/packs/tiny-loom');
const scratch = await mkdtemp(join(tmpdir(), 'shotloom-runner-'));
const started: ShotRunner[] = [];

afterEach(async () => {
  for (const runner of started.splice(0)) await runner.dispose();
});
afterAll(() => rm(scratch, { recursive: true }));

const request: ShotRequest = {
  task: 'text',
  prompt: 'a red cat',
  packId: packIdSchema.parse('tiny-loom'),
  frameCount: 17,
  widthPx: 96,
  heightPx: 64,
  seed: 1,
  steps: 4,
  guidanceScale: 2.5,
};
/** Long enough to be interrupted: some seconds, were it let be. */
const longRequest: ShotRequest = { ...request, steps: 200 };

test('a shot comes back frame by frame, and the next one finds the pack open', async () => {
  const runner = supervised();
  const first = await shot(runner, request);
  expect(first.outcome).toMatchObject({
    kind: 'finished',
    facts: { provider: 'cpu', loadSeconds: expect.any(Number), reading: { tokenCount: 3 } },
  });
  expect(first.activities).toEqual([
    'loading-pack',
    'reading-prompt',
    ...['sampling 1', 'sampling 2', 'sampling 3', 'sampling 4'],
    ...['decoding 0', 'decoding 1', 'decoding 5', 'decoding 9', 'decoding 13', 'decoding 17'],
  ]);
  expect(first.pixels).toHaveLength(17 * 96 * 64 * 3);
  const { outcome } = await shot(runner, request);
  expect(outcome.kind === 'finished' && outcome.facts.loadSeconds).toBeUndefined();
});

test('a shot comes in every size that its pack declares, and in no other', async () => {
  const runner = supervised();
  for (const [widthPx, heightPx] of [
    [96, 64],
    [64, 96],
    [64, 64],
  ] as const) {
    const { outcome, pixels } = await shot(runner, { ...request, frameCount: 5, widthPx, heightPx });
    expect([outcome.kind, pixels.length], `${widthPx}×${heightPx}`).toEqual(['finished', 5 * widthPx * heightPx * 3]);
  }
  const { outcome } = await shot(runner, { ...request, widthPx: 96, heightPx: 96 });
  const reason = 'tiny-loom makes 96×64, 64×96, 64×64, not 96×96';
  expect(outcome).toEqual({ kind: 'failed', failure: { code: 'bad-request', reason } });
});

test('the same request gives the same bytes, in another life of the runner too', async () => {
  const first = await shot(supervised(), request);
  const second = supervised();
  expect((await shot(second, { ...request, seed: 2 })).pixels.equals(first.pixels)).toBe(false);
  expect((await shot(second, request)).pixels.equals(first.pixels)).toBe(true);
});

test('a cancelled shot ends within a step, and the runner lives on', async () => {
  const runner = supervised();
  const { outcome, activities } = await shot(runner, longRequest, cancelAt('sampling 5'));
  expect(outcome).toEqual({ kind: 'cancelled' });
  expect(['sampling 5', 'sampling 6']).toContain(activities.at(-1));
  const { pid } = runner;
  expect((await shot(runner, request)).outcome.kind).toBe('finished');
  expect(runner.pid).toBe(pid);
});

test('a runner killed in mid-shot costs the shot and nothing else', async () => {
  const runner = supervised();
  const killed = await shot(runner, longRequest, (activity) => {
    if (show(activity) === 'sampling 5') process.kill(runner.pid ?? 0, 'SIGKILL');
  });
  expect(killed.outcome).toEqual(diedAfter(1));
  expect((await shot(runner, request)).outcome.kind).toBe('finished');
});

test('a runner that crashed three times within five minutes is left alone until it is to be tried again', async () => {
  let nowMs = 0;
  const runner = supervised({ entry: await program('crash.mjs', 'process.exit(3)'), nowMs: () => nowMs });
  for (const crashes of [1, 2, 3]) {
    expect((await shot(runner, request)).outcome).toEqual(diedAfter(crashes));
    nowMs += 60_000;
  }
  const leftAlone = { ...diedAfter(3), kind: 'failed' };
  expect((await shot(runner, request)).outcome).toEqual(leftAlone);
  nowMs = 60 * 60_000;
  expect((await shot(runner, request)).outcome).toEqual(leftAlone);
  expect(runner.crashes()).toEqual({ count: 3, isTooMany: true });
  runner.forgetCrashes();
  expect((await shot(runner, request)).outcome).toEqual(diedAfter(1));
});

test('a runner that does not hear a cancel is killed when its grace is over', async () => {
  const deaf = await program('deaf.mjs', 'setInterval(() => {}, 1000)');
  const runner = supervised({ entry: deaf, cancelGraceMs: 50 });
  const making = runner.makeShot(
    { packFolder, request, devices: ['cpu'] },
    { ...silent, signal: AbortSignal.timeout(200) },
  );
  expect(await making).toEqual({ kind: 'cancelled' });
  expect(runner.pid).toBeUndefined();
});

test('a program that is no runner is ended, and the shot fails', async () => {
  const babble = "import { writeSync } from 'node:fs'; writeSync(4, 'HTTP/1.1 200 OK'); setInterval(() => {}, 1000)";
  for (const options of [
    { entry: await program('babble.mjs', babble) },
    { entry: '/nowhere' },
    { nodePath: '/nowhere' },
  ]) {
    const runner = supervised(options);
    expect((await shot(runner, request)).outcome, JSON.stringify(options)).toEqual(diedAfter(1));
    expect(runner.pid).toBeUndefined();
  }
});

test('what a listener throws comes out, and the next shot is made', async () => {
  const runner = supervised();
  const full = { ...silent, onFrames: () => Promise.reject(new Error('the disk is full')) };
  await expect(runner.makeShot({ packFolder, request, devices: ['cpu'] }, full)).rejects.toThrow('the disk is full');
  const onActivity = () => {
    throw new Error('nobody is there');
  };
  await expect(runner.makeShot({ packFolder, request, devices: ['cpu'] }, { ...silent, onActivity })).rejects.toThrow(
    'nobody is there',
  );
  expect((await shot(runner, request)).outcome.kind).toBe('finished');
});

test('a writer that is slow is waited for', async () => {
  const runner = supervised();
  const activities: string[] = [];
  const writer = Promise.withResolvers<void>();
  const secondFrames = Promise.withResolvers<void>();
  const making = runner.makeShot(
    { packFolder, request, devices: ['cpu'] },
    {
      ...silent,
      onActivity: (activity) => {
        activities.push(show(activity));
        if (show(activity) === 'decoding 5') secondFrames.resolve();
      },
      onFrames: () => writer.promise,
    },
  );
  await secondFrames.promise;
  await delay(100);
  expect(activities.at(-1)).toBe('decoding 5'); // the third message of frames is not sent yet
  writer.resolve();
  expect((await making).kind).toBe('finished');
});

test('shots that are asked for together are made one after the other', async () => {
  const runner = supervised();
  const both = await Promise.all([shot(runner, request), shot(runner, { ...request, seed: 2 })]);
  expect(both.map(({ outcome }) => outcome.kind)).toEqual(['finished', 'finished']);
  expect(both.map(({ pixels }) => pixels.length)).toEqual([17 * 96 * 64 * 3, 17 * 96 * 64 * 3]);
});

test('what is wrong with a pack or a prompt comes back as a failure', async () => {
  const runner = supervised();
  expect((await shot(runner, { ...request, prompt: 'zeppelin' })).outcome).toEqual({
    kind: 'failed',
    failure: { code: 'prompt-unknown', packId: 'tiny-loom' },
  });
  const damaged = join(scratch, 'tiny-loom');
  await cp(packFolder, damaged, { recursive: true });
  await writeFile(join(damaged, 'transformer.onnx.data'), 'no weights');
  expect((await shot(runner, request, () => {}, damaged)).outcome).toMatchObject({
    kind: 'failed',
    failure: { code: 'pack-damaged', packId: 'tiny-loom', file: 'transformer.onnx.data' },
  });
});

test('this process could answer within 100 ms at any time while the runner computes', async () => {
  const runner = supervised();
  await shot(runner, request);
  const watch = watchOwnWork();
  const shots = await Promise.all([1, 2].map((seed) => shot(runner, { ...request, steps: 100, seed })));
  expect(shots.map(({ outcome }) => outcome.kind)).toEqual(['finished', 'finished']);
  expect(watch.longestMs()).toBeLessThan(100);
  // What would hold it up is seen: a shot made in this thread would compute for a second or more on end.
  const until = process.threadCpuUsage().user + 150_000;
  while (process.threadCpuUsage().user < until);
  await delay(20);
  expect(watch.longestMs()).toBeGreaterThan(140);
  watch.stop();
});

/**
 * The longest stretch that this thread has worked without coming back to its callers, in milliseconds of its own
 * processor time: what other programs do to the machine is none of it.
 */
function watchOwnWork() {
  let longestMs = 0;
  let last = process.threadCpuUsage();
  const look = setInterval(() => {
    const worked = process.threadCpuUsage(last);
    last = process.threadCpuUsage();
    longestMs = Math.max(longestMs, (worked.user + worked.system) / 1000);
  }, 5);
  return { longestMs: () => longestMs, stop: () => clearInterval(look) };
}

test('an idle runner is ended, which is no crash, and comes back when it is needed', async () => {
  const runner = supervised({ idleMs: 50 });
  await shot(runner, request);
  await until(() => runner.pid === undefined);
  expect((await shot(runner, request)).outcome.kind).toBe('finished');
});

test('disposing ends the process and cancels the shot in it', async () => {
  const runner = supervised();
  const second = Promise.withResolvers<void>();
  const making = shot(runner, longRequest, (activity) => {
    if (show(activity) === 'sampling 2') second.resolve();
  });
  await second.promise;
  const pid = runner.pid ?? 0;
  await runner.dispose();
  expect((await making).outcome).toEqual({ kind: 'cancelled' });
  expect(isAlive(pid)).toBe(false);
  expect((await shot(runner, request)).outcome).toEqual({ kind: 'cancelled' });
});

test('a runner does not outlive its engine, however that ended', async () => {
  const order = JSON.stringify({ packFolder, request: longRequest, devices: ['cpu'] });
  const engine = await program(
    'engine.mjs',
    `import { superviseRunner } from ${JSON.stringify(join(import.meta.dirname, 'supervisor.ts'))};
     const runner = superviseRunner({ entry: ${JSON.stringify(entry)}, log: console.error });
     const onActivity = ({ step }) => step === 3 && console.log(runner.pid);
     runner.makeShot(${order}, { onActivity, onFrames: async () => {}, signal: new AbortController().signal });`,
  );
  const child = spawn(process.execPath, [engine], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await until(() => !isAlive(pid));
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(10);
}

const silent: ShotListener = {
  onActivity: () => {},
  onFrames: async () => {},
  signal: new AbortController().signal,
};

function supervised(options: Partial<SupervisorOptions> = {}): ShotRunner {
  const runner = superviseRunner({ entry, threads: 1, log: () => {}, ...options });
  started.push(runner);
  return runner;
}

type OnActivity = (activity: Activity, abort: AbortController) => void;

async function shot(runner: ShotRunner, asked: ShotRequest, onActivity: OnActivity = () => {}, folder = packFolder) {
  const abort = new AbortController();
  const activities: string[] = [];
  const frames: RgbFrames[] = [];
  const outcome: ShotEnd = await runner.makeShot(
    { packFolder: folder, request: asked, devices: ['cpu'] },
    {
      onActivity: (activity) => {
        activities.push(show(activity));
        onActivity(activity, abort);
      },
      onFrames: async (each) => {
        await delay(1);
        frames.push(each);
      },
      signal: abort.signal,
    },
  );
  return { outcome, activities, pixels: Buffer.concat(frames.map(({ pixels }) => pixels)) };
}

function cancelAt(point: string): OnActivity {
  return (activity, abort) => {
    if (show(activity) === point) abort.abort();
  };
}

function diedAfter(crashCount: number): ShotEnd {
  return { kind: 'died', failure: { code: 'runner-stopped', packId: request.packId, crashCount } };
}

async function program(name: string, source: string): Promise<string> {
  const path = join(scratch, name);
  await writeFile(path, source);
  return path;
}

function show(activity: Activity): string {
  switch (activity.kind) {
    case 'sampling':
      return `sampling ${activity.step}`;
    case 'decoding':
      return `decoding ${activity.framesDone}`;
    default:
      return activity.kind;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
