import { randomUUID } from 'node:crypto';
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
  const idle: number[] = [];
  const busy: number[] = [];
  let shotCount = 0;
  for (let round = 0; round < rounds; round++) {
    idle.push(...(await pingsUntil(wait(stretchMs))));
    const making = keepMaking(pack, projectId);
    busy.push(...(await pingsUntil(making)));
    shotCount += await making;
  }
  report(spreadOf(idle), spreadOf(busy), `${shotCount} shots of ${pack.name}`);
} finally {
  await engine.stop();
  remove();
}

function report(idle: Spread, busy: Spread, shots: string): void {
  tell({
    what: 'engine’s answer while the runner computes',
    measured: inMilliseconds(busy),
    beside: `${inMilliseconds(idle)} idle; ${shots}`,
    bound: {
      words: `≤ ${limitMs} ms beyond idle`,
      isMet: busy.p95 <= idle.p95 + limitMs && busy.max <= idle.max + limitMs,
    },
  });
}

/** Makes shots for a while; answers how many. */
async function keepMaking(pack: PackSummary, projectId: ProjectId): Promise<number> {
  const until = performance.now() + stretchMs;
  let made = 0;
  for (; performance.now() < until; made++) await makeShot(pack, projectId);
  return made;
}

/** Times of answers, in milliseconds, until something has happened. */
async function pingsUntil(work: Promise<unknown>): Promise<number[]> {
  let isOver = false;
  const over = work.finally(() => {
    isOver = true;
  });
  const times: number[] = [];
  while (!isOver) {
    const asked = performance.now();
    await engine.client.system.ping({});
    times.push(performance.now() - asked);
    await wait(betweenMs);
  }
  await over;
  return times;
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
