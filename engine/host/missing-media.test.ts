import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cacheFolderOf } from '../caches/cache-place.ts';
import type { LibraryEntry } from '../contract/library.ts';
import type { MediaSearch } from '../contract/relink.ts';
import type { TakeId } from '../document/ids.ts';
import { cacheFilesOf, cacheKeyOf } from '../media/cache-files.ts';
import { findFfmpeg } from '../media/ffmpeg/find-ffmpeg.ts';
import { connectEngine, type EngineClient } from '../rpc/client.ts';
import { type Port, portPair } from '../rpc/port.ts';
import { engineServer } from '../rpc/serve.ts';
import type { ProjectSession } from './project-session.ts';
import { engineRouter } from './router.ts';
import { type BenchEngine, benchEngine, clip, done, editor, failureCode, importClip } from './testing/bench-engine.ts';

// Footage that lies elsewhere now, over the contract: found again, relinked, and never to another film unasked.

const silent = join(import.meta.dirname, '../../test/fixtures/media/bt601_matrix.mov');

let bench: BenchEngine;
let window: Port;
let engine: EngineClient;
beforeEach(() => {
  bench = benchEngine({ presenceMs: 30 });
  const [near, far] = portPair();
  engineServer(engineRouter(bench.engine), (error) => {
    throw error;
  })(far);
  window = near;
  engine = connectEngine(near);
});
afterEach(async () => {
  window.close();
  await bench.end();
  bench.remove();
});

/** Footage of a project, copied to a place of its own. */
async function footage(session: ProjectSession, name: string, from = clip): Promise<{ id: TakeId; path: string }> {
  const path = join(bench.home, 'rushes', name);
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(from, path);
  const { facts } = await importClip(session, path);
  return { id: facts.id, path };
}

function moveTo(path: string, folder: string, name: string): string {
  const to = join(bench.home, folder, name);
  mkdirSync(dirname(to), { recursive: true });
  renameSync(path, to);
  return to;
}

async function untilOffline(session: ProjectSession, ...ids: readonly TakeId[]): Promise<void> {
  await vi.waitFor(() => expect(ids.map((id) => session.library.find(id)?.kind)).not.toContain('ready'), 10_000);
}

async function search(session: ProjectSession, folder?: string): Promise<MediaSearch[]> {
  const told: MediaSearch[] = [];
  const asked = { projectId: session.id, ...(folder !== undefined && { folder }) };
  for await (const each of await engine.library.findMissing(asked)) if (each.kind !== 'looking') told.push(each);
  return told;
}

const relink = (session: ProjectSession, takeId: TakeId, path: string, differing: 'refuse' | 'accept' = 'refuse') =>
  engine.library.relink({ projectId: session.id, takeId, path, differing });

function pathIn(entry: LibraryEntry | undefined): string | undefined {
  const origin = entry?.kind === 'ready' ? entry.record.origin : undefined;
  return origin?.kind === 'imported' ? origin.file.absolutePath : undefined;
}

test('footage that was tidied away nearby is found unasked, and relinked without a gesture in the film', async () => {
  const session = await bench.newProject();
  const one = await footage(session, 'a.mp4');
  const two = await footage(session, 'b.mov', silent);
  const moved = [moveTo(one.path, 'rushes/day 1', 'harbour.mp4'), moveTo(two.path, 'sorted', 'b.mov')];
  await untilOffline(session, one.id, two.id);
  const told = await search(session);
  expect(told).toContainEqual({ kind: 'found', takeId: one.id, path: moved[0] });
  expect(told).toContainEqual({ kind: 'found', takeId: two.id, path: moved[1] });
  expect(told.at(-1)).toMatchObject({ kind: 'ended', isCutShort: false });

  const { revision } = session.enter(editor, new AbortController().signal);
  for (const [index, { id }] of [one, two].entries()) {
    expect(done(await relink(session, id, moved[index] ?? ''))).toMatchObject({ kind: 'relinked' });
    expect(pathIn(session.library.find(id))).toBe(moved[index]);
  }
  expect(session.read(editor).revision).toBe(revision);
  // It is written down: another engine finds it there, though nothing lies where it was.
  await bench.end();
  bench = benchEngine({}, bench.home);
  const again = done(await bench.engine.openProject(session.folder));
  expect(pathIn(again.library.find(one.id))).toBe(moved[0]);
});

test('a folder that is named is searched to its depths; one that is not there is answered with a failure', async () => {
  const session = await bench.newProject();
  const { id, path } = await footage(session, 'a.mp4');
  const far = moveTo(path, 'archive/2026/11/cards/A001/clips', 'a.mp4');
  await untilOffline(session, id);
  expect((await search(session)).map(({ kind }) => kind)).toEqual(['ended']);
  expect(await search(session, join(bench.home, 'archive'))).toContainEqual({ kind: 'found', takeId: id, path: far });
  // `test` is a folder of wherever this engine was started, which nobody at a window knows.
  for (const folder of [join(bench.home, 'nowhere'), 'test']) {
    const stream = await engine.library.findMissing({ projectId: session.id, folder });
    expect(await stream.next()).toMatchObject({ done: true, value: { failure: { code: 'folder-missing' } } });
  }
});

test('a file that was cut short is told of where it lies, and cannot stand in for what it was', async () => {
  const session = await bench.newProject();
  const { id, path } = await footage(session, 'h265.mp4', join(dirname(silent), 'burnin_mmssff_30s.mp4'));
  execFileSync(findFfmpeg(), ['-v', 'error', '-i', path, '-t', '2', '-c', 'copy', `${path}.cut.mp4`]);
  renameSync(`${path}.cut.mp4`, path);
  await untilOffline(session, id);
  expect(await search(session)).toContainEqual({ kind: 'replaced', takeId: id, path });
  for (const differing of ['refuse', 'accept'] as const) {
    const told = done(await relink(session, id, path, differing));
    expect(told).toMatchObject({ kind: 'differs', canStandIn: false });
    expect(told.kind === 'differs' && told.differences.map(({ of }) => of)).toContain('frames');
  }
  expect(session.library.find(id)?.kind).toBe('offline');
});

test('another grade of a shot is taken once the editor who was told of it says so, and looks like itself', async () => {
  const session = await bench.newProject();
  const { id, path } = await footage(session, 'a.mp4');
  const graded = join(bench.home, 'rushes', 'a graded.mp4');
  const asItIs = ['-fps_mode', 'passthrough', '-c:a', 'copy', '-vf', 'eq=brightness=0.1', '-preset', 'ultrafast'];
  execFileSync(findFfmpeg(), ['-v', 'error', '-i', path, ...asItIs, graded]);
  rmSync(path);
  await untilOffline(session, id);
  const before = session.library.record(id);
  const told = done(await relink(session, id, graded));
  expect(told).toMatchObject({ kind: 'differs', canStandIn: true, differences: [{ of: 'bytes' }] });
  expect(session.library.find(id)?.kind).toBe('offline');
  expect(done(await relink(session, id, graded, 'accept'))).toMatchObject({ kind: 'relinked' });
  const after = session.library.record(id);
  expect([pathIn(session.library.find(id)), after?.facts]).toEqual([graded, before?.facts]);
  // What was drawn of the old file is not shown for the new one.
  const [was, is] = [before, after].map((record) => record && cacheKeyOf(record));
  expect(is).not.toBe(was);
  const cache = cacheFolderOf(bench.engine.caches.place(), session.folder);
  const { poster } = cacheFilesOf(cache, is ?? '');
  await vi.waitFor(() => expect(existsSync(poster)).toBe(true), 20_000);
});

test('what is no film, is not there, or was generated, is refused in words and changes nothing', async () => {
  const session = await bench.newProject();
  const { id, path } = await footage(session, 'a.mp4');
  truncateSync(path, 100);
  await untilOffline(session, id);
  const record = readFileSync(join(session.folder, 'takes', id, 'take.json'), 'utf8');
  expect(failureCode(await relink(session, id, path))).toBe('media-unreadable');
  expect(failureCode(await relink(session, id, join(bench.home, 'nowhere.mp4')))).toBe('media-missing');
  expect(failureCode(await relink(session, 'take-of-nobody' as TakeId, path))).toBe('bad-request');
  expect(readFileSync(join(session.folder, 'takes', id, 'take.json'), 'utf8')).toBe(record);
});
