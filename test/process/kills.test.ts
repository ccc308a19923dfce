import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportDefaults } from '../../engine/contract/export.ts';
import type { JobId, ProjectId } from '../../engine/contract/ids.ts';
import type { Job } from '../../engine/contract/job.ts';
import type { LibraryEntry } from '../../engine/contract/library.ts';
import type { ProjectEvent } from '../../engine/contract/project.ts';
import { descendantsRunning, untilGone } from '../processes.ts';
import { appendTake, deskOf, rename, sequenceIdOf, startShot } from './gestures.ts';
import { createProject, openProject, type RunningEngine, startEngine, testHome } from './running-engine.ts';

// kill −9 at the moments that hurt, against real processes, one by one. What was acknowledged must be there afterwards;
// shots are made in the end; nothing half-written has a final name. `kill-campaign.test.ts` goes on at random.

// Every wait is for something that has happened, so this limit only ends what hangs: on a machine with other work to do
// a shot and two exports have taken 30 s.
let home: ReturnType<typeof testHome>;
let folder = '';
const running: RunningEngine[] = [];
beforeEach(() => {
  home = testHome();
  folder = join(home.home, 'projects', '影片 one');
});
afterEach(async () => {
  for (const engine of running.splice(0)) await engine.stop();
  home.remove();
});

async function start(): Promise<RunningEngine> {
  const engine = await startEngine(home.home);
  running.push(engine);
  return engine;
}

/** The runner that lives now; undefined where there is none. */
function runnersOf({ pid }: RunningEngine): readonly number[] | undefined {
  const runners = descendantsRunning(pid, 'runner.mjs');
  return runners.length > 0 ? runners : undefined;
}

/** Follows a project until something has happened. */
async function until(engine: RunningEngine, projectId: ProjectId, isDone: (seen: Seen) => boolean): Promise<Seen> {
  const seen: Seen = { jobs: new Map(), entries: new Map() };
  for await (const { event } of await engine.client.project.watch({ projectId })) {
    note(seen, event);
    if (isDone(seen)) return seen;
  }
  throw new Error('the stream ended');
}

interface Seen {
  readonly jobs: Map<string, Job>;
  readonly entries: Map<string, LibraryEntry>;
}

function note(seen: Seen, event: ProjectEvent): void {
  if (event.kind === 'snapshot') {
    for (const job of event.jobs) seen.jobs.set(job.id, job);
    for (const entry of event.entries) seen.entries.set(entry.facts.id, entry);
  } else if (event.kind === 'job-changed') seen.jobs.set(event.job.id, event.job);
  else if (event.kind === 'entry-changed') seen.entries.set(event.entry.facts.id, event.entry);
}

test('an engine killed between gestures has lost none of them', async () => {
  const engine = await start();
  const desk = deskOf(engine, await createProject(engine, folder));
  const gestures = 5;
  for (let count = 1; count <= gestures; count++) await desk.commit(rename(`take ${count}`));
  await engine.kill();

  const again = await start();
  const project = await openProject(again, folder);
  expect([project.film.name, project.revision]).toEqual([`take ${gestures}`, gestures]);
  expect(project.notices.map((notice) => notice.code)).toContain('stale-lock-taken-over');
  expect(project.role).toBe('editor');
});

test('an engine killed amid gestures has all that were acknowledged, and at most the one in flight', async () => {
  const engine = await start();
  const desk = deskOf(engine, await createProject(engine, folder));
  const storm = (async () => {
    for (let count = 1; ; count++) await desk.commit(rename(`take ${count}`));
  })().catch(() => {});
  while (desk.revision() < 20) await new Promise((resolve) => setTimeout(resolve, 1));
  await engine.kill();
  await Promise.race([storm, new Promise((resolve) => setTimeout(resolve, 500))]);

  const project = await openProject(await start(), folder);
  expect(project.revision - desk.revision()).toBeGreaterThanOrEqual(0);
  expect(project.revision - desk.revision()).toBeLessThanOrEqual(1);
  expect(project.film.name).toBe(`take ${project.revision}`);
});

test('a runner killed in mid-shot is started again and the shot is made', async () => {
  const engine = await start();
  const project = await createProject(engine, folder);
  const desk = deskOf(engine, project);
  const takeId = await startShot(engine, project, desk, 150);
  await until(engine, project.projectId, ({ jobs }) => isSampling(jobs.get(`shot-${takeId}`)));
  expect(engine.killRunner()).toBe(1);
  const { entries } = await until(engine, project.projectId, (seen) => seen.entries.get(takeId)?.kind === 'ready');
  expect(entries.get(takeId)).toMatchObject({ kind: 'ready', record: { origin: { kind: 'generated' } } });
  expect(readdirSync(join(folder, 'takes', takeId)).sort()).toEqual(['frames.mkv', 'take.json']);
});

test('a runner killed three times in a row stays off and says so, until it is started again', async () => {
  const engine = await start();
  const project = await createProject(engine, folder);
  const { projectId } = project;
  const desk = deskOf(engine, project);
  const takeId = await startShot(engine, project, desk, 150);
  const jobId = `shot-${takeId}` as JobId;
  const standings = await engine.client.generate.follow({});
  expect(await standings.next()).toMatchObject({ value: { kind: 'ready' } });
  for (let kill = 1; kill <= 3; kill++) {
    const [pid = 0] = await vi.waitUntil(() => runnersOf(engine), { timeout: 60_000, interval: 20 });
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);
  }
  await until(engine, projectId, ({ jobs }) => jobs.get(jobId)?.state.kind === 'failed');
  expect(await standings.next()).toMatchObject({ value: { kind: 'off', device: 'cpu', crashCount: 3 } });
  await engine.client.jobs.retry({ projectId, jobId });
  await until(engine, projectId, ({ jobs }) => jobs.get(jobId)?.state.kind === 'failed');
  expect(engine.killRunner()).toBe(0); // it was not even started

  await engine.client.generate.startAgain({});
  expect(await standings.next()).toMatchObject({ value: { kind: 'ready' } });
  await engine.client.jobs.retry({ projectId, jobId });
  await until(engine, projectId, (seen) => seen.entries.get(takeId)?.kind === 'ready');
});

test('an engine killed in mid-shot takes the shot up again, and the film is untouched', async () => {
  const engine = await start();
  const project = await createProject(engine, folder);
  const desk = deskOf(engine, project);
  const takeId = await startShot(engine, project, desk, 150);
  await until(engine, project.projectId, ({ jobs }) => isSampling(jobs.get(`shot-${takeId}`)));
  await engine.kill();
  const isMade = existsSync(join(folder, 'takes', takeId, 'take.json'));

  const again = await start();
  const reopened = await openProject(again, folder);
  expect(reopened.film).toEqual(desk.film());
  if (!isMade) expect(reopened.notices).toContainEqual({ code: 'shots-requeued', count: 1 });
  await until(again, reopened.projectId, (seen) => seen.entries.get(takeId)?.kind === 'ready');
});

test('an engine killed in mid-export leaves no film, and the next one tidies up', async () => {
  const engine = await start();
  const project = await createProject(engine, folder);
  const desk = deskOf(engine, project);
  const takeId = await startShot(engine, project, desk, 2);
  const { entries } = await until(engine, project.projectId, (seen) => seen.entries.get(takeId)?.kind === 'ready');
  const facts = entries.get(takeId)?.facts;
  if (!facts) throw new Error('no take');
  for (let count = 0; count < 40; count++) await desk.commit(appendTake(desk.film(), facts));
  const path = join(home.home, 'film.mp4');
  const how = { preset: 'veryfast', existing: 'replace' } as const;
  const request = { ...exportDefaults, ...how, sequenceId: sequenceIdOf(project), path };
  await engine.client.deliver.start({ projectId: project.projectId, request });
  await until(engine, project.projectId, ({ jobs }) => [...jobs.values()].some(isEncoding));
  expect(filmFiles()).toContainEqual(expect.stringMatching(/^film\.mp4\.\w+\.pending$/));
  await engine.kill();
  const isMade = existsSync(path);

  const again = await start();
  const reopened = await openProject(again, folder);
  // The label is written just before the film takes its name, and stands alone where the kill came between.
  const label = 'film.mp4.provenance.json';
  expect(filmFiles().filter((name) => name !== label)).toEqual(isMade ? ['film.mp4'] : []);
  await again.client.deliver.start({ projectId: reopened.projectId, request });
  const isExported = (job: Job) => job.kind === 'export' && job.state.kind === 'finished';
  await until(again, reopened.projectId, ({ jobs }) => [...jobs.values()].some(isExported));
  expect(filmFiles()).toEqual(['film.mp4', label]);
});

function filmFiles(): string[] {
  return readdirSync(home.home)
    .filter((name) => name.startsWith('film.mp4'))
    .sort();
}

function isEncoding({ state }: Job): boolean {
  return state.kind === 'running' && state.activity.kind === 'encoding' && state.activity.framesDone > 0;
}

function isSampling(job: Job | undefined): boolean {
  return job?.state.kind === 'running' && job.state.activity.kind === 'sampling' && job.state.activity.step > 2;
}
