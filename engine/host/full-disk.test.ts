import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cacheFolderOf } from '../caches/cache-place.ts';
import { exportDefaults } from '../contract/export.ts';
import type { EditorId, ProjectId } from '../contract/ids.ts';
import { takeRecordSchema } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import { library } from '../library/library.ts';
import { findFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { layoutOf } from '../project/layout.ts';
import { connectEngine } from '../rpc/client.ts';
import { portPair } from '../rpc/port.ts';
import { engineServer } from '../rpc/serve.ts';
import { removeTakes } from './full-disk.ts';
import type { ProjectSession } from './project-session.ts';
import { engineRouter } from './router.ts';
import {
  type BenchEngine,
  benchEngine,
  clip,
  done,
  editor,
  failureCode,
  importClip,
  place,
} from './testing/bench-engine.ts';

// What may be given up on a full disk, and what never is.

let bench: BenchEngine;
beforeEach(() => {
  bench = benchEngine();
});
afterEach(async () => {
  await bench.end();
  bench.remove();
});

/** A project with generated takes, as they lie on disk after their shots were made. */
async function projectWith(...ids: readonly string[]): Promise<ProjectSession> {
  const { folder } = await bench.newProject();
  await bench.end();
  for (const id of ids) {
    const take = layoutOf(folder).take(id as TakeId);
    mkdirSync(take, { recursive: true });
    writeFileSync(join(take, 'frames.mkv'), Buffer.alloc(1000));
    writeFileSync(join(take, 'take.json'), JSON.stringify(generated(id)));
  }
  bench = benchEngine({}, bench.home);
  return done(await bench.engine.openProject(folder));
}

function generated(id: string) {
  const picture = { kind: 'moving', rate: { num: 12, den: 1 }, frameCount: 25, widthPx: 256, heightPx: 160 };
  const request = { task: 'text', prompt: 'a boat', packId: 'loom-mini', frameCount: 25, widthPx: 256, heightPx: 160 };
  const numbers = { seed: 1, steps: 8, guidanceScale: 2, secondsSpent: 1 };
  const made = { packName: 'L', packVersion: '1', packHash: 'h', understood: [], ignored: [], provider: 'cpu' };
  return takeRecordSchema.parse({
    version: 1,
    facts: { id, name: id, origin: 'generated', picture },
    createdAt: '2026-01-01T00:00:00.000Z',
    origin: {
      kind: 'generated',
      recipe: { ...request, ...numbers, ...made, appVersion: '0' },
      ...{ file: 'frames.mkv', sha256: id, media: { container: 'matroska' } },
      digitalSourceType: 'trainedAlgorithmicMedia',
    },
  });
}

const offered = async (session: ProjectSession, kept: readonly string[] = []) =>
  (await session.surveyDisk(kept as TakeId[])).unusedTakes.map(({ takeId }) => takeId);

test('takes that no clip uses are offered with their size; used ones, kept ones and footage never are', async () => {
  const session = await projectWith('used', 'idle', 'undone');
  const footage = await importClip(session, clip);
  await place(session, generated('used').facts);
  expect(await offered(session, ['undone'])).toEqual(['idle']);
  const survey = await session.surveyDisk([]);
  expect(survey.unusedTakes.every(({ bytes }) => bytes > 1000)).toBe(true);
  expect(survey.totalBytes).toBeGreaterThan(survey.freeBytes);
  for (const id of ['used', footage.facts.id]) {
    await expect(session.removeTakes(editor, ['idle', id] as TakeId[], [])).rejects.toMatchObject({
      failure: { code: 'bad-request' },
    });
  }
  expect(session.library.find('idle' as TakeId)?.kind).toBe('ready');
});

test('takes of a film that was put aside are not given up: it may be opened again', async () => {
  const session = await projectWith('recovered', 'rejected', 'idle');
  session.enter(editor, new AbortController().signal);
  const { folder } = session;
  writeFileSync(join(folder, 'film.recovered-2026-01-01T00-00-00.000Z.json'), '{"takeId":"recovered"}');
  writeFileSync(join(folder, 'film.journal.rejected-2026-01-01T00-00-00.000Z'), '{"takeId":"rejected"}\n');
  expect(await offered(session)).toEqual(['idle']);
  await expect(session.removeTakes(editor, ['recovered' as TakeId], [])).rejects.toMatchObject({
    failure: { code: 'bad-request' },
  });
});

/** A window of its own on the engine. */
function windowOn(folder: string, name: string) {
  const [near, far] = portPair();
  engineServer(engineRouter(bench.engine), (error) => {
    throw error;
  })(far);
  const client = connectEngine(near);
  const editorId = name as EditorId;
  return {
    open: async () => done(await client.project.open({ folder, editorId })),
    takeOver: (projectId: ProjectId) => client.project.takeOver({ projectId, editorId }),
    giveUp: async (projectId: ProjectId, takeIds: readonly string[], kept: readonly string[] = []) =>
      failureCode(
        await client.disk.free({
          ...{ projectId, editorId, otherCaches: false },
          ...{ takeIds: takeIds as TakeId[], kept: kept as TakeId[] },
        }),
      ),
    close: () => near.close(),
  };
}

test('of two windows only the one that edits gives takes up, and none that its undo brings back', async () => {
  const session = await projectWith('undone', 'used', 'idle');
  const { id, folder } = session;
  await place(session, generated('undone').facts);
  await place(session, generated('used').facts); // over the other, which only an undo brings back now
  const [editing, reading] = [windowOn(folder, editor), windowOn(folder, 'window-2')];
  expect([(await editing.open()).role, (await reading.open()).role]).toEqual(['editor', 'reader']);
  const areThere = () => ['undone', 'idle'].map((take) => existsSync(layoutOf(folder).take(take as TakeId)));

  expect(await reading.giveUp(id, ['undone'])).toBe('not-the-editor');
  expect(await reading.giveUp(id, [])).toBe('not-the-editor');
  expect(await editing.giveUp(id, ['idle', 'undone'], ['undone', 'used'])).toBe('bad-request');
  expect(areThere()).toEqual([true, true]);
  expect(session.library.entries()).toHaveLength(3);

  expect(await editing.giveUp(id, ['idle'], ['undone', 'used'])).toBe('done');
  expect(areThere()).toEqual([true, false]);
  await reading.takeOver(id);
  expect(await editing.giveUp(id, ['undone'])).toBe('not-the-editor');
  expect(areThere()).toEqual([true, false]);
  editing.close();
  reading.close();
});

test('a take that is given up is gone from the library, the disk and every window, and stays gone', async () => {
  const session = await projectWith('one', 'two');
  const events = session.follow(undefined, new AbortController().signal);
  await events.next();
  const heard = vi.fn();
  void (async () => {
    for await (const { event } of events) heard(event);
  })();
  session.enter(editor, new AbortController().signal);
  await session.removeTakes(editor, ['one' as TakeId], []);
  await vi.waitFor(() => expect(heard).toHaveBeenCalledWith({ kind: 'entry-gone', takeId: 'one' }));
  expect(existsSync(layoutOf(session.folder).take('one' as TakeId))).toBe(false);
  await bench.end();
  bench = benchEngine({}, bench.home);
  const again = done(await bench.engine.openProject(session.folder));
  expect(again.library.entries().map(({ facts }) => facts.id)).toEqual(['two']);
});

test('what cannot be removed stays whole and is told; the rest is gone, and a second press finds it done', async () => {
  const session = await projectWith('one', 'three');
  const gone: TakeId[] = [];
  const takes = library(
    () => {},
    (id) => gone.push(id),
  );
  for (const id of ['one', 'stuck', 'three']) takes.putTake(generated(id), 'ready');
  const stuck = join(session.folder, 'x'.repeat(240)); // on its way out its name would be too long
  mkdirSync(stuck);
  const { take } = layoutOf(session.folder);
  const layout = { folder: session.folder, take: (id: TakeId) => (id === 'stuck' ? stuck : take(id)) };
  const ids = ['one', 'stuck', 'three'] as TakeId[];
  const remove = () => removeTakes({ layout, takes, film: session.film }, ids, []);
  for (const _ of ['first press', 'second press']) {
    expect(await remove()).toEqual(['stuck']);
    expect(gone).toEqual(['one', 'three']);
    expect([takes.find('stuck' as TakeId)?.kind, existsSync(stuck)]).toEqual(['ready', true]);
    expect([take('one' as TakeId), take('three' as TakeId)].map((path) => existsSync(path))).toEqual([false, false]);
  }
});

test('caches of other projects are counted where they lie on the disk that is full', async () => {
  const other = join(bench.home, 'elsewhere');
  const cache = cacheFolderOf(bench.engine.caches.place(), other);
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'proxy.mp4'), Buffer.alloc(5000));
  const session = await bench.newProject();
  expect(await session.surveyDisk([])).toMatchObject({ holds: 'project', otherCacheBytes: 5000 });
});

test('exports that found the disk full rest, and each is made when there is room or says why it cannot be', async () => {
  const full = join(bench.home, 'ffmpeg');
  const real = findFfmpeg();
  const strike = 'cat >/dev/null; echo "No space left on device" >&2; exit 1';
  writeFileSync(full, `#!/bin/sh\ncase "$*" in *Cut.mp4*) ${strike};; esac\nexec "${real}" "$@"\n`, { mode: 0o755 });
  vi.stubEnv('FFMPEG_BIN', full);
  const session = await bench.newProject();
  const { facts } = await importClip(session, clip);
  await place(session, facts);
  const states = new Map<string, string>();
  void (async () => {
    for await (const { event } of session.follow(undefined, new AbortController().signal)) {
      if (event.kind === 'job-changed') states.set(event.job.id, event.job.state.kind);
    }
  })();
  const [sequence] = session.film().sequences;
  const path = join(bench.home, 'Cut.mp4');
  if (!sequence) throw new Error('the film has no sequence');
  const sequenceId = sequence.id;
  const folder = join(bench.home, 'unplugged');
  mkdirSync(folder);
  const request = { ...exportDefaults, preset: 'veryfast', sequenceId } as const;
  const away = await session.startExport({ ...request, path: join(folder, 'Cut.mp4') });
  await vi.waitFor(() => expect(states.get(away)).toBe('paused'), 30_000);
  const id = await session.startExport({ ...request, path });
  await vi.waitFor(() => expect(states.get(id)).toBe('paused'), 30_000);
  rmSync(folder, { recursive: true });
  writeFileSync(`${full}.real`, readFileSync(full, 'utf8').replace('*Cut.mp4*', '*NoSuchName*'), { mode: 0o755 });
  renameSync(`${full}.real`, full);
  await session.resumeJobs();
  await vi.waitFor(() => expect(states.get(away)).toBe('failed'));
  await vi.waitFor(() => expect(states.get(id)).toBe('finished'), 60_000);
  expect(existsSync(path)).toBe(true);
  vi.unstubAllEnvs();
}, 120_000);
