import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FailureError } from '../contract/failure.ts';
import type { JournalEntry } from '../contract/project.ts';
import type { Film } from '../document/film.ts';
import { filmOf, notationSequence, show } from '../document/film-notation.ts';
import { fingerprint } from '../document/fingerprint.ts';
import type { ClipId, GestureId } from '../document/ids.ts';
import { applyIntent } from '../document/intent.ts';
import { applyPatch, diff } from '../document/patch.ts';
import { frames } from '../document/time.ts';
import { createProjectFolder, openProjectFolder } from './open-project.ts';

// Spaces, Chinese and a quote in the path: every project test runs in one.
let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "shotloom 项目 'a' ")), 'film');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const here = { path: '/run/here', tokenFile: '/run/here.token' };
const elsewhere = { path: '/run/elsewhere', tokenFile: '/run/elsewhere.token' };

const start = filmOf('V1 A:0-48 B:48-96');

/** A move of clip A, as a window would send it, and the film it leads to. */
function moveBy(film: Film, byFrames: number): { entry: JournalEntry; film: Film } {
  const intent = {
    kind: 'move' as const,
    gesture: `g${byFrames}` as GestureId,
    sequenceId: notationSequence,
    clipIds: ['A' as ClipId],
    byFrames: frames(byFrames),
    byVideoTracks: 0,
    byAudioTracks: 0,
    mode: 'overwrite' as const,
    withLinks: true,
  };
  const result = applyIntent(film, intent);
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  const entry: JournalEntry = {
    cause: { kind: 'edit', intent },
    patch: JSON.parse(JSON.stringify(diff(film, result.film))),
    fingerprint: fingerprint(result.film),
  };
  return { entry, film: result.film };
}

async function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof FailureError ? error.failure.code : String(error)),
  );
}

test('a project that was closed opens as it was', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  await project.append(0, moveBy(start, 100).entry);
  await project.close();
  const again = await openProjectFolder(folder, here);
  expect(show(again.film())).toBe('V1 B:48-96 A:100-148');
  expect(again.revision()).toBe(1);
  expect(again.notices).toEqual([]);
  await again.close();
});

test('what was acknowledged survives an engine that dies without closing', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const first = moveBy(start, 100);
  await project.append(0, first.entry);
  await project.append(1, moveBy(first.film, 50).entry);
  abandon(project);
  const again = await openProjectFolder(folder, elsewhere);
  expect(show(again.film())).toBe('V1 B:48-96 A:150-198');
  expect(again.notices).toMatchObject([{ code: 'stale-lock-taken-over', pid: process.pid }]);
  await again.close();
});

test('half a last line is what a crash leaves; it is dropped, and later lines are not joined to it', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const first = moveBy(start, 100);
  await project.append(0, first.entry);
  abandon(project);
  appendFileSync(join(folder, 'film.journal'), '{"revision":2,"cau');
  const again = await openProjectFolder(folder, elsewhere);
  expect(again.revision()).toBe(1);
  expect(again.notices.map((notice) => notice.code)).toEqual(['stale-lock-taken-over']);
  await again.append(1, moveBy(first.film, 10).entry);
  abandon(again);
  const third = await openProjectFolder(folder, elsewhere);
  expect(third.revision()).toBe(2);
  await third.close();
});

test('a damaged line ends the replay; the good part is kept, the rest is put aside and named', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const first = moveBy(start, 100);
  const second = moveBy(first.film, 50);
  await project.append(0, first.entry);
  await project.append(1, second.entry);
  await project.append(2, moveBy(second.film, 7).entry);
  abandon(project);
  const journal = join(folder, 'film.journal');
  const lines = readFileSync(journal, 'utf8').split('\n');
  lines[1] = lines[1]?.replace('"fingerprint":"', '"fingerprint":"0') ?? '';
  writeFileSync(journal, lines.join('\n'));

  const again = await openProjectFolder(folder, elsewhere);
  expect(show(again.film())).toBe('V1 B:48-96 A:100-148');
  expect(again.notices).toContainEqual(expect.objectContaining({ code: 'journal-cut-short', keptGestures: 1 }));
  const kept = readdirSync(folder).find((name) => name.startsWith('film.journal.rejected-'));
  expect(
    readFileSync(join(folder, kept ?? ''), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(2);
  await again.close();
});

test('a gesture for an older film is refused, and so is one that leads elsewhere than it says', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const { entry } = moveBy(start, 100);
  expect(await failureOf(project.append(3, entry))).toBe('revision-behind');
  expect(await failureOf(project.append(0, { ...entry, fingerprint: 'f'.repeat(16) }))).toBe('bad-request');
  expect(await failureOf(project.append(0, { ...entry, patch: [] }))).toBe('bad-request');
  expect(project.revision()).toBe(0);
  await project.close();
});

test('an undo is a line like any other', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const { entry, film } = moveBy(start, 100);
  await project.append(0, entry);
  const patch = JSON.parse(JSON.stringify(diff(film, start)));
  await project.append(1, {
    cause: { kind: 'undo', intent: entry.cause.intent },
    patch,
    fingerprint: fingerprint(start),
  });
  abandon(project);
  const again = await openProjectFolder(folder, elsewhere);
  expect(show(again.film())).toBe('V1 A:0-48 B:48-96');
  await again.close();
});

test('an undo that leads to a film nobody could have made is refused', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const { entry } = moveBy(start, 100);
  const clipPath = ['sequences', 0, 'tracks', 0, 'clips', 1];
  for (const [path, value] of [
    [[...clipPath, 'recordIn'], frames(20)], // over its neighbour
    [[...clipPath, 'framing', 'scale'], 0],
    [['name'], 7],
  ] as const) {
    const patch = [{ op: 'set' as const, path: [...path], value }];
    const undo = { cause: { kind: 'undo' as const, intent: entry.cause.intent }, patch };
    const damaged = { ...undo, fingerprint: fingerprint(applyPatch(start, patch)) };
    expect(await failureOf(project.append(0, damaged)), path.join('.')).toBe('bad-request');
  }
  expect(project.revision()).toBe(0);
  await project.close();
});

test('a second engine is told who holds the project', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  expect(await failureOf(openProjectFolder(folder, elsewhere))).toBe('project-locked');
  await project.close();
  await (await openProjectFolder(folder, elsewhere)).close();
});

test('a folder that is no project, a newer one nobody can read and a damaged one are refused and left alone', async () => {
  expect(await failureOf(openProjectFolder(folder, here))).toBe('not-a-project');
  await createProjectFolder(folder, start);
  expect(await failureOf(createProjectFolder(folder, start))).toBe('folder-not-empty');
  const path = join(folder, 'film.json');
  const content = readFileSync(path, 'utf8');
  writeFileSync(path, content.replace('"version": 1', '"version": 99').replace('"name"', '"title"'));
  expect(await failureOf(openProjectFolder(folder, here))).toBe('project-newer');
  writeFileSync(path, content.slice(0, 200));
  expect(await failureOf(openProjectFolder(folder, here))).toBe('project-damaged');
  writeFileSync(path, content.replace('"recordIn": 48', '"recordIn": 40'));
  expect(await failureOf(openProjectFolder(folder, here))).toBe('project-damaged');
});

test('a film that cannot be folded is still journalled, and gives its lock back', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const path = join(folder, 'film.json');
  const written = readFileSync(path);
  rmSync(path);
  mkdirSync(join(path, 'in the way'), { recursive: true });
  // As many gestures as are kept before a fold is tried, and one more.
  let film = start;
  for (let count = 0; count <= 500; count++) {
    const { entry, film: next } = moveBy(film, count % 2 === 0 ? 100 : -100);
    expect(await project.append(count, entry)).toBe(count + 1);
    film = next;
  }
  await expect(project.close()).rejects.toThrow();

  rmSync(path, { recursive: true });
  writeFileSync(path, written);
  const again = await openProjectFolder(folder, elsewhere);
  expect([again.revision(), show(again.film())]).toEqual([501, show(film)]);
  await again.close();
});

test('a project of a newer version is opened to be read, gestures of its journal included, and left as it is', async () => {
  await createProjectFolder(folder, start);
  const project = await openProjectFolder(folder, here);
  const { entry } = moveBy(start, 100);
  await project.append(0, entry);
  abandon(project);
  const path = join(folder, 'film.json');
  const newer = readFileSync(path, 'utf8')
    .replace('"version": 1', '"version": 2')
    .replace('"name"', '"mood": "blue", "name"');
  writeFileSync(path, newer);
  appendFileSync(join(folder, 'film.journal'), '{"revision":2,"of":"another kind"}\n');
  const before = everythingIn(folder);

  const again = await openProjectFolder(folder, elsewhere);
  expect(again.readOnly).toEqual({ code: 'project-newer', path, version: 2 });
  expect([show(again.film()), again.revision()]).toEqual(['V1 B:48-96 A:100-148', 1]);
  expect(await failureOf(again.append(1, moveBy(again.film(), 5).entry))).toBe('project-newer');
  await again.close();
  expect(everythingIn(folder)).toEqual(before);
});

test('a project in a folder that cannot be written is opened to be read, and left unlocked', async () => {
  await createProjectFolder(folder, start);
  for (const name of ['library.db', 'project.lock']) {
    mkdirSync(join(folder, name));
    const project = await openProjectFolder(folder, here);
    expect(project.readOnly, name).toEqual({ code: 'not-writable', path: folder });
    expect(show(project.film())).toBe(show(start));
    expect(await failureOf(project.append(0, moveBy(start, 5).entry))).toBe('not-writable');
    await project.close();
    rmSync(join(folder, name), { recursive: true });
  }
  const project = await openProjectFolder(folder, here);
  expect(project.readOnly).toBeUndefined();
  await project.close();
  expect(await failureOf(createProjectFolder(join(folder, 'film.json'), start))).toBe('not-writable');
  expect(await failureOf(createProjectFolder(join(folder, 'film.json', 'film'), start))).toBe('not-writable');
});

test('a project that cannot be made leaves nothing behind, so that it can be tried again', async () => {
  // A path so long that folders fit into it and film.json does not.
  let deep = join(folder, 'films');
  while (Buffer.byteLength(deep) < 4040) deep = join(deep, 'x'.repeat(Math.min(200, 4060 - Buffer.byteLength(deep))));
  expect(await failureOf(createProjectFolder(deep, start))).toBe('not-writable');
  expect(existsSync(folder)).toBe(false);
  mkdirSync(deep, { recursive: true });
  expect(await failureOf(createProjectFolder(deep, start))).toBe('not-writable');
  expect(readdirSync(deep)).toEqual([]);
});

test('an index that is no database is made anew', async () => {
  await createProjectFolder(folder, start);
  writeFileSync(join(folder, 'library.db'), 'not a database at all, but long enough to look at');
  await (await openProjectFolder(folder, here)).close();
});

/** Every file of a folder with what is in it. */
function everythingIn(path: string): Record<string, string> {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ name, parentPath }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]),
  );
}

/** What a killed process leaves: the lock falls, nothing is folded or tidied. */
function abandon(project: Awaited<ReturnType<typeof openProjectFolder>>): void {
  project.lock.database.close();
}
