import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { PackSummary } from '../../engine/contract/generation.ts';
import type { JobId, ProjectId } from '../../engine/contract/ids.ts';
import { hasEnded, type JobState } from '../../engine/contract/job.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { createProject, done, type RunningEngine, startEngine, testHome } from '../process/running-engine.ts';
import { inMilliseconds, type Spread, spreadOf, tell } from './figures.ts';

// Whether the engine answers while the runner computes: a real engine and its runner, shots one after the other, and
// a ping over the socket every few milliseconds; in turn with the same pings while nothing is made, so that what the
// rest of the machine does to both is told apart from what the runner does.
const limitMs = 100;
const ownLimitMs = 20;
const rounds = 3;
const stretchMs = 4_000;
const betweenMs = 10;

const { home, remove } = testHome();
const engine = await startEngine(home);
try {
  const { projectId } = await createProject(engine, join(home, 'film'));
  const [pack] = await engine.client.generate.packs({});
  if (!pack) throw new Error('there is no model pack');
  await makeShot(pack, projectId); // the first loads the networks
  const idle: Ping[] = [];
  const busy: Ping[] = [];
  let shotCount = 0;
  for (let round = 0; round < rounds; round++) {
    idle.push(...(await pingsUntil(wait(stretchMs))));
    const making = keepMaking(pack, projectId);
    busy.push(...(await pingsUntil(making)));
    shotCount += await making;
  }
  report(idle, busy, `${shotCount} shots of ${pack.name}`);
} finally {
  await engine.stop();
  remove();
}

interface Ping {
  readonly ms: number;
  /** For how much of it the engine or this program was ready to run and had no processor; 0 where nobody counts that. */
  readonly queuedMs: number;
}

function report(idlePings: readonly Ping[], busyPings: readonly Ping[], shots: string): void {
  const [idle, busy] = [idlePings, busyPings].map((pings) => spreadOf(pings.map(({ ms }) => ms))) as [Spread, Spread];
  tell({
    what: 'engine’s answer while the runner computes',
    measured: inMilliseconds(busy),
    beside: `${inMilliseconds(idle)} idle; ${shots}`,
    bound: {
      words: `≤ ${limitMs} ms beyond idle`,
      isMet: busy.p95 <= idle.p95 + limitMs && busy.max <= idle.max + limitMs,
    },
  });
  const own = spreadOf(busyPings.map(({ ms, queuedMs }) => Math.max(0, ms - queuedMs)));
  const worst = busyPings.reduce((slowest, ping) => (ping.ms > slowest.ms ? ping : slowest));
  tell({
    what: 'of it, without waiting for a processor',
    measured: inMilliseconds(own),
    beside: `the slowest, ${worst.ms.toFixed(0)} ms, waited ${worst.queuedMs.toFixed(0)} ms for one`,
    // The slowest of hundreds says what the machine did: starting an ffmpeg waits until the child has run, too.
    bound: { words: `p95 ≤ ${ownLimitMs} ms`, isMet: own.p95 <= ownLimitMs },
  });
}

/** Makes shots for a while; answers how many. */
async function keepMaking(pack: PackSummary, projectId: ProjectId): Promise<number> {
  const until = performance.now() + stretchMs;
  let made = 0;
  for (; performance.now() < until; made++) await makeShot(pack, projectId);
  return made;
}

/** Answers until something has happened. */
async function pingsUntil(work: Promise<unknown>): Promise<Ping[]> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const pings: Ping[] = [];
  while (!isOver) {
    const [asked, queuedBefore] = [performance.now(), queuedSoFarMs()];
    await engine.client.system.ping({});
    pings.push({ ms: performance.now() - asked, queuedMs: queuedSoFarMs() - queuedBefore });
    await wait(betweenMs);
  }
  await over;
  return pings;
}

/** How long the main threads of the engine and of this program have waited for a processor. Linux counts it. */
function queuedSoFarMs(): number {
  const queued = (pid: number) => {
    const path = `/proc/${pid}/task/${pid}/schedstat`; // nanoseconds: run, ready and waiting
    return existsSync(path) ? Number(readFileSync(path, 'utf8').split(' ')[1]) / 1e6 : 0;
  };
  return queued(engine.pid) + queued(process.pid);
}

async function makeShot(pack: PackSummary, projectId: ProjectId): Promise<void> {
  const [size] = pack.sizes;
  if (!size) throw new Error(`${pack.name} makes no size`);
  const started = await engine.client.generate.start({
    projectId,
    takeId: `take-${randomUUID()}` as TakeId,
    name: 'shot',
    request: {
      task: 'text',
      prompt: 'a red car drives to the right in the city at night',
      packId: pack.id,
      ...size,
      frameCount: pack.frameCounts.max,
      seed: 7,
      steps: pack.defaults.steps,
      guidanceScale: pack.defaults.guidanceScale,
    },
    destination: 'bin',
  });
  const state = await endOf(engine, projectId, done(started).jobId);
  if (state.kind !== 'finished') throw new Error(JSON.stringify(state));
}

async function endOf({ client }: RunningEngine, projectId: ProjectId, jobId: JobId): Promise<JobState> {
  for await (const { event } of await client.project.watch({ projectId })) {
    const jobs = event.kind === 'snapshot' ? event.jobs : event.kind === 'job-changed' ? [event.job] : [];
    const state = jobs.find((job) => job.id === jobId)?.state;
    if (state && hasEnded(state)) return state;
  }
  throw new Error('the engine went away');
}
