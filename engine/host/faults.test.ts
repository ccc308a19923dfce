import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportDefaults } from '../contract/export.ts';
import type { Job } from '../contract/job.ts';
import type { TakeId } from '../document/ids.ts';
import { findFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { layoutOf } from '../project/layout.ts';
import type { ProjectSession } from './project-session.ts';
import {
  type BenchEngine,
  benchEngine,
  clip,
  done,
  editor,
  importClip,
  place,
  rename,
} from './testing/bench-engine.ts';

// The world around an engine gives way: what the editor is told, what stays, and how it goes on afterwards.

let bench: BenchEngine;
let unset = () => {};
beforeEach(() => {
  bench = benchEngine({ presenceMs: 30 });
});
afterEach(async () => {
  unset();
  unset = () => {};
  vi.useRealTimers();
  await bench.end();
  bench.remove();
});

const stay = new AbortController().signal;

/** The same home after the engine has ended and another was started. */
async function nextEngine(): Promise<void> {
  await bench.end();
  bench = benchEngine({ presenceMs: 30 }, bench.home);
}

async function reopen(folder: string): Promise<ProjectSession> {
  return done(await bench.engine.openProject(folder));
}

function kindOf(session: ProjectSession, id: TakeId): string | undefined {
  return session.library.find(id)?.kind;
}

/** The last state of each job, as a window would hear it. */
function jobsOf(session: ProjectSession): ReadonlyMap<string, Job> {
  const jobs = new Map<string, Job>();
  void (async () => {
    for await (const { event } of session.follow(undefined, stay)) {
      if (event.kind === 'snapshot') for (const job of event.jobs) jobs.set(job.id, job);
      if (event.kind === 'job-changed') jobs.set(event.job.id, event.job);
    }
  })();
  return jobs;
}

function everyNameIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

const exportAll = (session: ProjectSession, name = 'Cut.mp4') => {
  const [sequence] = session.film().sequences;
  if (!sequence) throw new Error('the film has no sequence');
  const path = join(bench.home, name);
  return session.startExport({ ...exportDefaults, preset: 'veryfast', sequenceId: sequence.id, path });
};

test('footage that is deleted while the film is open goes offline, an export names it, and put back it is there again', async () => {
  const footage = join(bench.home, 'footage.mp4');
  copyFileSync(clip, footage);
  const session = await bench.newProject();
  const { facts } = await importClip(session, footage);
  await place(session, facts);
  const jobs = jobsOf(session);
  renameSync(footage, `${footage}.away`);
  await vi.waitFor(() => expect(kindOf(session, facts.id)).toBe('offline'), 10_000);
  const id = await exportAll(session);
  await vi.waitFor(() => expect(jobs.get(id)?.state.kind).toBe('failed'), 20_000);
  expect(jobs.get(id)?.state).toMatchObject({ failure: { code: 'media-missing', takeId: facts.id } });
  expect(readdirSync(bench.home)).not.toContain('Cut.mp4');
  renameSync(`${footage}.away`, footage);
  await vi.waitFor(() => expect(kindOf(session, facts.id)).toBe('ready'), 10_000);
});

test('footage that is cut short or written over while the film is open is not taken for what it was', async () => {
  const footage = join(bench.home, 'footage.mp4');
  copyFileSync(clip, footage);
  const session = await bench.newProject();
  const { facts } = await importClip(session, footage);
  const whole = readFileSync(footage);
  truncateSync(footage, Math.floor(whole.length / 2));
  await vi.waitFor(() => expect(kindOf(session, facts.id)).toBe('offline'), 10_000);
  writeFileSync(footage, whole);
  await vi.waitFor(() => expect(kindOf(session, facts.id)).toBe('ready'), 10_000);
});

test('an index that is deleted while it is used costs nothing, now or when the project is opened again', async () => {
  const session = await bench.newProject();
  const { facts } = await importClip(session, clip);
  for (const name of ['library.db', 'library.db-journal']) rmSync(join(session.folder, name), { force: true });
  await rename(session, 'Still here');
  await nextEngine();
  const again = await reopen(session.folder);
  expect([again.film().name, kindOf(again, facts.id)]).toEqual(['Still here', 'ready']);
});

test.each([
  ['its beginning', (bytes: Buffer) => bytes.fill(0xaa, 100)],
  ['the takes in it', (bytes: Buffer) => bytes.fill(0xaa, 4096)],
  ['its header', (bytes: Buffer) => bytes.fill(0, 0, 100)],
  ['its end', (bytes: Buffer) => bytes.subarray(0, 5000)],
])('an index whose disk spoilt %s is made again from the takes', async (_, spoil) => {
  const session = await bench.newProject();
  const { facts } = await importClip(session, clip);
  await nextEngine();
  await reopen(session.folder); // the index remembers the take now
  await bench.end();
  const index = layoutOf(session.folder).index;
  writeFileSync(index, spoil(readFileSync(index)));
  bench = benchEngine({}, bench.home);
  const again = await reopen(session.folder);
  expect([again.film().name, kindOf(again, facts.id)]).toEqual(['film', 'ready']);
  expect(again.enter(editor, stay).readOnly).toBeUndefined();
});

test('a project in a folder that may not be written is looked at and not changed, and says why', async () => {
  const session = await bench.newProject();
  await importClip(session, clip);
  const { folder } = session;
  await nextEngine();
  const before = everyNameIn(folder);
  unset = withoutWriting(folder);
  const read = await reopen(folder);
  const failure = { code: 'not-writable', path: folder };
  expect(read.enter(editor, stay)).toMatchObject({ role: 'reader', readOnly: failure, film: { name: 'film' } });
  for (const refused of [
    read.importFile(clip),
    read.uploadPath('a.mp4'),
    exportAll(read),
    (async () => read.takeOver(editor))(),
    rename(read, 'Changed'),
  ]) {
    await expect(refused).rejects.toMatchObject({ failure });
  }
  expect([...read.library.entries()].map(({ kind }) => kind)).toEqual(['ready']);
  await nextEngine();
  unset();
  expect(everyNameIn(folder)).toEqual(before);
  expect((await reopen(folder)).enter(editor, stay)).toMatchObject({ role: 'editor' });
});

/** Takes the right to write a folder from this process, who may be root; answers how to give it back. */
function withoutWriting(folder: string): () => void {
  const all = [bench.home, folder, ...everyNameIn(folder).map((name) => join(folder, name))];
  for (const path of all) chmodSync(path, 0o555);
  const wasRoot = process.geteuid?.() === 0;
  if (wasRoot) process.seteuid?.(65534);
  return () => {
    if (wasRoot) process.seteuid?.(0);
    for (const path of all) chmodSync(path, 0o755);
  };
}

test('without ffmpeg footage is refused in words and the film goes on; with it again the same file comes in', async () => {
  const session = await bench.newProject();
  useFfmpeg(join(bench.home, 'no-ffmpeg'));
  const odd = join(import.meta.dirname, '../../test/fixtures/media/h263_15fps.3gp'); // read by ffmpeg alone
  expect(await session.importFile(odd)).toMatchObject({ kind: 'refused', failure: { code: 'ffmpeg-missing' } });
  await rename(session, 'Goes on');
  unset();
  expect((await importClip(session, odd)).kind).toBe('ready');
});

test('an ffmpeg that dies amid an export is told with its last words, and nothing half-made stays', async () => {
  const { folder } = await bench.newProject();
  await nextEngine(); // the engine asks once what its ffmpeg can do
  const dying = join(bench.home, 'ffmpeg');
  // It says of itself what the real one says, and of a film it makes a beginning.
  const strike = 'head -c 2000 >/dev/null; echo "it was struck" >&2; kill -9 $$';
  const script = `#!/bin/sh\ncase "$*" in *Cut.mp4*) ${strike};; esac\nexec "${findFfmpeg()}" "$@"\n`;
  writeFileSync(dying, script, { mode: 0o755 });
  useFfmpeg(dying);
  const session = await reopen(folder);
  const { facts } = await importClip(session, clip);
  await place(session, facts);
  const jobs = jobsOf(session);
  const id = await exportAll(session);
  await vi.waitFor(() => expect(jobs.get(id)?.state.kind).toBe('failed'), 30_000);
  const lastLines = expect.arrayContaining([expect.stringContaining('it was struck')]);
  expect(jobs.get(id)?.state).toMatchObject({ failure: { code: 'ffmpeg-failed', lastLines } });
  expect(readdirSync(bench.home).filter((name) => name.startsWith('Cut'))).toEqual([]);
  const halfMade = () => everyNameIn(folder).filter((name) => name.includes('.pending'));
  await vi.waitFor(() => expect(halfMade()).toEqual([]), 30_000); // of the import, which may still be drawn
  expect(session.jobLog(id)).toContain('it was struck');
  // With an ffmpeg that lives the same job makes the film.
  unset();
  await session.retryJob(id);
  await vi.waitFor(() => expect(jobs.get(id)?.state.kind).toBe('finished'), 30_000);
  expect(readdirSync(bench.home)).toContain('Cut.mp4');
  await session.retryJob(id); // what is done is not done again unasked
}, 120_000);

function useFfmpeg(path: string): void {
  const { FFMPEG_BIN: before } = process.env;
  process.env.FFMPEG_BIN = path;
  unset = () => {
    if (before === undefined) delete process.env.FFMPEG_BIN;
    else process.env.FFMPEG_BIN = before;
  };
}

test('a clock that was set back between two engines, or while one runs, costs nothing', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:00Z') });
  const session = await bench.newProject();
  const { facts } = await importClip(session, clip);
  await rename(session, 'From the future');
  vi.setSystemTime(new Date('2020-01-01T00:00:00Z'));
  await rename(session, 'From the past');
  const followed = session.follow(undefined, stay);
  const first = (await followed.next()).value;
  await nextEngine();
  const again = await reopen(session.folder);
  expect([again.film().name, kindOf(again, facts.id)]).toEqual(['From the past', 'ready']);
  // A window that followed the engine of the future is given the state anew, and hears what happens from there.
  const next = again.follow(first?.sequenceNumber, stay);
  const heard = (await next.next()).value;
  await rename(again, 'Heard');
  const more = (await next.next()).value;
  expect([heard?.event.kind, (more?.sequenceNumber ?? 0) > (heard?.sequenceNumber ?? 0)]).toEqual(['snapshot', true]);
});
