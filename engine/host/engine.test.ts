import { getEventListeners } from 'node:events';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportDefaults } from '../contract/export.ts';
import type { EditorId, JobId, ProjectId } from '../contract/ids.ts';
import type { LibraryEntry } from '../contract/library.ts';
import type { SequenceId } from '../document/ids.ts';
import { connectEngine } from '../rpc/client.ts';
import { portPair } from '../rpc/port.ts';
import { engineServer } from '../rpc/serve.ts';
import type { Engine } from './engine.ts';
import { type MediaGrants, mediaGrants } from './media-grants.ts';
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
  rename,
} from './testing/bench-engine.ts';

// A whole engine in this process, with the real tools of this machine, on a folder of its own.

let bench: BenchEngine;
let home = '';
let engine: Engine;
let grants: MediaGrants;
/** How long the engine keeps what nobody needs: short, for a test that waits for it to let go. */
const graceMs = 50;
beforeEach(() => {
  grants = mediaGrants();
  bench = benchEngine({ grants, graceMs });
  ({ home, engine } = bench);
});
afterEach(async () => {
  await bench.end();
  bench.remove();
});
const newProject = (name?: string) => bench.newProject(name);

/** A window's line to the engine, as requests come over it; a fault of the engine fails the test. */
function caller() {
  const [near, far] = portPair();
  engineServer(engineRouter(engine), (error) => {
    throw error;
  })(far);
  return { near, client: connectEngine(near) };
}

test('a project that was moved while it was open opens where it is now, with every gesture', async () => {
  const session = await newProject();
  await rename(session, 'Harbour');
  const followed = session.follow(undefined, new AbortController().signal);
  renameSync(join(home, 'film'), join(home, 'moved'));
  const moved = done(await engine.openProject(join(home, 'moved')));
  expect([moved.film().name, moved.id]).toEqual(['Harbour', session.id]);
  expect(moved.enter(editor, new AbortController().signal).notices).toEqual([]);
  await rename(moved, 'Harbour, again');
  for await (const _ of followed); // whoever watched it where it was hears its end
  expect(failureCode(await engine.openProject(join(home, 'film')))).toBe('not-a-project');
});

test('a project is one project, by whatever path it is reached', async () => {
  const session = await newProject();
  symlinkSync(join(home, 'film'), join(home, 'link'));
  for (const path of [join(home, 'link'), `${join(home, 'film')}/`, join(home, 'link', '..', 'film')]) {
    expect(done(await engine.openProject(path))).toBe(session);
  }
});

test('a project opens though the list of recent ones cannot be written', async () => {
  mkdirSync(join(home, 'settings', 'recents.json', 'in the way'), { recursive: true });
  expect((await newProject()).film().name).toBe('film');
});

test('one file named many times at once is one take', async () => {
  const session = await newProject();
  const imported = await Promise.all([clip, clip, clip].map((path) => session.importFile(path)));
  const ids = imported.map((each) => each.kind === 'imported' && each.entry.facts.id);
  expect(new Set(ids).size).toBe(1);
  expect(session.library.entries()).toHaveLength(1);
});

test('an import that cannot be written down is refused in words', async () => {
  const session = await newProject();
  rmSync(join(home, 'film', 'takes'), { recursive: true });
  writeFileSync(join(home, 'film', 'takes'), 'in the way');
  expect(await session.importFile(clip)).toMatchObject({ kind: 'refused', failure: { code: 'not-writable' } });
});

test('files dropped at once under one name get names of their own, inside the media folder', async () => {
  const session = await newProject();
  const media = join(home, 'film', 'media');
  const names = ['a.mp4', 'a.mp4', '..', '../film.json', 'C:\\films\\b.mov', ' '];
  const paths = await Promise.all(names.map((name) => session.uploadPath(name)));
  expect(paths).toEqual(
    ['a.mp4', 'a 2.mp4', 'media', 'film.json', 'b.mov', 'media 2'].map((name) => join(media, name)),
  );
});

test('an export never replaces footage of its film, nor the project’s own files', async () => {
  const session = await newProject();
  const footage = join(home, 'footage.mp4');
  copyFileSync(clip, footage);
  symlinkSync(footage, join(home, 'link.mp4'));
  const { facts } = await importClip(session, footage);
  await place(session, facts);
  const before = readFileSync(footage);
  const own = ['film.json', 'library.db', 'project.lock', 'takes/film.mp4'].map((name) => join(home, 'film', name));
  for (const path of [footage, join(home, 'link.mp4'), ...own]) {
    const request = { ...exportDefaults, sequenceId: 'sequence-1' as SequenceId, path, existing: 'replace' as const };
    await expect(session.startExport(request), path).rejects.toMatchObject({ failure: { code: 'would-overwrite' } });
  }
  expect(readFileSync(footage).equals(before)).toBe(true);
});

test('of what is in an export’s way the editor is told before it begins, with a name that is free', async () => {
  const session = await newProject();
  const { facts } = await importClip(session, clip);
  await place(session, facts);
  const path = join(home, 'Cut.mp4');
  const request = { ...exportDefaults, sequenceId: 'sequence-1' as SequenceId, path };
  writeFileSync(path, 'last week’s cut');
  const before = session.startExport(request);
  await expect(before).rejects.toMatchObject({ failure: { code: 'file-exists', freePath: join(home, 'Cut 2.mp4') } });
  expect(await session.startExport({ ...request, existing: 'replace' })).toMatch(/^export-/);
  const again = session.startExport({ ...request, existing: 'replace' });
  await expect(again).rejects.toMatchObject({ failure: { code: 'being-exported', path } });
});

test('what is asked about a project that is not open here is answered with a failure, never a fault', async () => {
  const [mine, its] = portPair();
  const faults: unknown[] = [];
  engineServer(engineRouter(engine), (fault) => faults.push(fault))(its);
  const client = connectEngine(mine);
  const [projectId, jobId] = ['film-of-yesterday' as ProjectId, 'shot-1' as JobId];
  const failed = { kind: 'failed', failure: { code: 'not-a-project', path: projectId } };
  expect(await client.jobs.cancel({ projectId, jobId })).toEqual(failed);
  expect(await client.jobs.retry({ projectId, jobId })).toEqual(failed);
  expect(await client.library.importFiles({ projectId, paths: [clip] })).toEqual([
    { ...failed, kind: 'refused', path: clip },
  ]);
  const events = await client.project.watch({ projectId });
  expect(await events.next()).toEqual({ done: true, value: failed });
  expect(faults).toEqual([]);

  const { id } = await newProject();
  const open = await client.project.watch({ projectId: id });
  expect(await open.next()).toMatchObject({ done: false, value: { event: { kind: 'snapshot' } } });
  expect(await client.jobs.cancel({ projectId: id, jobId })).toEqual({ kind: 'done', value: {} });
  mine.close();
});

/** What this process holds of a project: open files in its folder, its lock, the media its windows may read. */
function heldOf(folder: string) {
  const open = readdirSync('/proc/self/fd').flatMap((fd) => {
    const link = `/proc/self/fd/${fd}`;
    const file = lstatSync(link, { throwIfNoEntry: false }) ? readlinkSync(link) : ''; // the listing's own is gone
    return file.startsWith(folder) ? [file] : [];
  });
  return { open, isLocked: existsSync(join(folder, 'project.lock')), granted: grants.count() };
}

const nothingHeld = { open: [], isLocked: false, granted: 0 };

test.runIf(process.platform === 'linux')(
  'fifty projects opened and closed leave no file, lock, grant, timer or listener behind',
  async () => {
    const session = await newProject();
    await importClip(session, clip);
    const { folder } = session;
    const window = new AbortController(); // a connection that stays while projects come and go
    const watched = async (open: ProjectSession, gone: AbortSignal) => {
      for await (const _ of open.follow(undefined, gone));
    };
    session.enter(editor, window.signal);
    const first = watched(session, window.signal);
    session.leave(editor, window.signal);
    await vi.waitFor(() => expect(heldOf(folder)).toEqual(nothingHeld), 20_000);
    await first; // who follows a project hears its end

    const before = process.getActiveResourcesInfo();
    for (let round = 0; round < 50; round++) {
      const again = done(await engine.openProject(folder));
      const other = new AbortController();
      again.enter(editor, window.signal);
      again.enter('window-2' as EditorId, other.signal);
      const ends = [watched(again, window.signal), watched(again, other.signal)];
      expect(heldOf(folder)).toMatchObject({ isLocked: true });
      other.abort(); // one is closed, the other goes back to its start page
      again.leave(editor, window.signal);
      await vi.waitFor(() => expect(heldOf(folder)).toEqual(nothingHeld), 20_000);
      await Promise.all(ends);
    }
    expect(getEventListeners(window.signal, 'abort')).toHaveLength(0);
    // Nothing but what was there before: no timer that waits, no pipe, no file.
    await vi.waitFor(() => expect(process.getActiveResourcesInfo().length).toBeLessThanOrEqual(before.length), 20_000);
    const folded = JSON.parse(readFileSync(join(folder, 'film.json'), 'utf8'));
    expect(JSON.stringify(folded)).toContain(session.film().id);
  },
  120_000,
);

test('a project is kept while somebody has it open, and while its work runs', async () => {
  const session = await newProject();
  const [one, two] = [new AbortController(), new AbortController()];
  session.enter(editor, one.signal);
  session.enter('window-2' as EditorId, two.signal);
  one.abort();
  await new Promise((resolve) => setTimeout(resolve, 3 * graceMs));
  expect(existsSync(join(session.folder, 'project.lock'))).toBe(true);

  const { facts } = await importClip(session, clip);
  await place(session, facts, 'window-2' as EditorId);
  const path = join(home, 'Cut.mp4');
  await session.startExport({ ...exportDefaults, sequenceId: 'sequence-1' as SequenceId, path });
  two.abort();
  // Nobody looks any more: the film is made all the same, and the lock falls after it and not before.
  await vi.waitFor(() => expect(existsSync(join(session.folder, 'project.lock'))).toBe(false), 60_000);
  expect(existsSync(path)).toBe(true);
}, 120_000);

test('whoever asks for a project that is just being let go gets it', async () => {
  const session = await newProject();
  const gone = new AbortController();
  for (let round = 0; round < 10; round++) {
    const open = done(await engine.openProject(session.folder));
    open.enter(editor, gone.signal);
    open.leave(editor, gone.signal);
    await new Promise((resolve) => setTimeout(resolve, graceMs - 5 + round));
  }
});

test('settings are checked before they are kept, and decide which ffmpeg runs and where packs are', async () => {
  const { near, client } = caller();
  const { settings } = client;
  vi.stubEnv('FFMPEG_BIN', '');
  const missing = join(home, 'no such program');
  expect(failureCode(await settings.change({ ffmpegPath: missing, theme: 'light' }))).toBe('ffmpeg-missing');
  expect(failureCode(await settings.change({ packFolder: missing }))).toBe('folder-missing');
  expect(engine.options.settings.now()).toEqual({});

  const own = join(home, 'my ffmpeg');
  writeFileSync(own, '#!/bin/sh\n', { mode: 0o755 });
  expect(done(await settings.change({ ffmpegPath: own, packFolder: home }))).toEqual({
    ffmpegPath: own,
    packFolder: home,
  });
  const facts = { ffmpegPath: own, isFfmpegGiven: false, packFolder: home };
  expect(await settings.facts({})).toMatchObject({ ...facts, cacheFolder: join(home, 'cache'), cacheBytes: 0 });
  done(await settings.change({ ffmpegPath: '', packFolder: '' }));
  expect((await settings.facts({})).ffmpegPath).not.toBe(own);
  vi.unstubAllEnvs();
  near.close();
});

test('a cap on caches is held at once: closed projects give theirs up, one that is only read keeps its own', async () => {
  const closed = await newProject('closed');
  await importClip(closed, clip);
  await engine.close();
  const read = await newProject('read');
  await engine.close();
  const path = join(read.folder, 'film.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"version": 1', '"version": 99'));
  const reader = done(await engine.openProject(read.folder));
  expect(reader.enter(editor, new AbortController().signal).readOnly?.code).toBe('project-newer');
  const [, its] = readdirSync(join(home, 'cache'));
  expect(its).toBeDefined();
  for (const name of readdirSync(join(home, 'cache'))) {
    writeFileSync(join(home, 'cache', name, 'proxy.mp4'), Buffer.alloc(500));
  }
  expect(await engine.caches.empty()).toBe(500);
  expect(readdirSync(join(home, 'cache'))).toHaveLength(1);
});

test('a folder that is set is shown by file windows, and others can be set while its disk is away', async () => {
  const { near, client } = caller();
  const { settings, system } = client;
  const rushes = join(home, 'rushes');
  mkdirSync(rushes);
  const list = async (path: string) => failureCode(await system.listFolder({ path, show: 'media' }));
  expect(await list(home)).toBe('done');
  expect(failureCode(await settings.change({ fileRoots: ['rushes'] }))).toBe('folder-missing');
  done(await settings.change({ fileRoots: [rushes] }));
  expect([await list(rushes), await list(home)]).toEqual(['done', 'out-of-reach']);
  expect((await settings.facts({})).fileRoots).toEqual([rushes]);

  rmSync(rushes, { recursive: true }); // its disk was pulled out
  const stills = join(home, 'stills');
  mkdirSync(stills);
  expect(done(await settings.change({ fileRoots: [rushes, stills] })).fileRoots).toEqual([rushes, stills]);
  expect(await list(stills)).toBe('done');
  done(await settings.change({ fileRoots: [stills] }));
  expect(failureCode(await settings.change({ fileRoots: [rushes, stills] }))).toBe('folder-missing');
  near.close();
});

test('caches are moved while a project is open, and what is imported next is prepared in the new folder', async () => {
  const session = await newProject();
  await ready(session, await importClip(session, clip));
  const { near, client } = caller();
  const { settings } = client;
  const folder = join(home, 'a big disk');
  mkdirSync(folder);

  const leaving = new AbortController();
  const given = await settings.moveCaches({ folder }, { signal: leaving.signal });
  leaving.abort(); // cancelled before it could begin
  await expect(given.next()).rejects.toThrow();
  expect(failureCode(await last(await settings.moveCaches({ folder: join(home, 'nowhere') })))).toBe('folder-missing');
  expect((await settings.facts({})).cacheFolder).toBe(join(home, 'cache'));

  done(await last(await settings.moveCaches({ folder })));
  const { cacheFolder, cacheBytes } = await settings.facts({});
  expect(cacheFolder).toBe(join(folder, 'Shotloom cache'));
  expect(cacheBytes).toBeGreaterThan(0);
  expect(engine.options.settings.now()).toEqual({ cacheFolder: folder });
  const other = join(home, 'other.mp4');
  copyFileSync(clip, other);
  writeFileSync(other, 'another file', { flag: 'a' });
  const entry = await ready(session, await importClip(session, other));
  const poster = entry.kind === 'ready' ? entry.view.poster : undefined;
  expect(poster && grants.resolve(poster)?.path).toContain(cacheFolder);
  near.close();
});

/** The entry once there is something to see of it. */
async function ready(session: ProjectSession, entry: LibraryEntry): Promise<LibraryEntry> {
  const shown = () => session.library.find(entry.facts.id);
  await expect.poll(shown, { timeout: 20_000 }).toMatchObject({ view: { poster: expect.anything() } });
  return shown() ?? entry;
}

/** What a stream ends with. */
async function last<T>(stream: AsyncIterator<unknown, T>): Promise<T> {
  for (;;) {
    const { done: isDone, value } = await stream.next();
    if (isDone) return value;
  }
}
