import { expect, test } from 'vitest';
import type { EditorId, ProjectId } from '../../engine/contract/ids.ts';
import { createStandInEngine, type StandInEngine } from '../testing/stand-in/engine.ts';
import { linkEngine } from './connection.ts';
import { createDesk } from './desk.ts';
import { newGesture, perform } from './edits.ts';
import { createNotices, engineAway } from './notices.ts';

const storage = { getItem: () => null, setItem: () => {} };

/** A window with a project open, or the same project as another window made it. */
async function windowOn(engine: StandInEngine, name: string, folder?: string) {
  const link = linkEngine({ openPort: engine.openPort, wait: () => new Promise((resolve) => setTimeout(resolve, 5)) });
  const notices = createNotices();
  const editorId = name as EditorId;
  const desk = createDesk({ link, editorId, notices, storage, language: () => 'en' });
  await link.connected();
  const project = await (folder ? desk.open(folder) : desk.create('Film'));
  if (!project) throw new Error('no project');
  const rename = (to: string) => perform(project, notices, { kind: 'rename-film', gesture: newGesture(), name: to });
  const told = () => notices.store.getState().map(({ sentence }) => ('key' in sentence ? sentence.key : 'failure'));
  return { project, desk, notices, rename, told, link, close: () => link.close() };
}

const filmNameIn = (engine: StandInEngine) => [...engine.projects.values()][0]?.film.name;

test('a project asked for before the engine has answered is made once it does', async () => {
  const engine = createStandInEngine();
  const link = linkEngine({ openPort: engine.openPort });
  const desk = createDesk({
    link,
    editorId: 'one' as EditorId,
    notices: createNotices(),
    storage,
    language: () => 'en',
  });
  expect(link.store.getState().kind).toBe('connecting');
  expect((await desk.create('Film'))?.film.film().name).toBe('Film');
  link.close();
});

test('a project asked for as the engine goes away is not made, and the window says why', async () => {
  const engine = createStandInEngine();
  const link = linkEngine({ openPort: engine.openPort, wait: () => new Promise(() => {}) });
  const notices = createNotices();
  const desk = createDesk({ link, editorId: 'one' as EditorId, notices, storage, language: () => 'en' });
  await link.connected();
  const making = desk.create('Film');
  engine.cutConnections();
  expect(await making).toBeUndefined();
  expect(notices.store.getState()).toMatchObject([engineAway]);
  link.close();
});

test('a project that another window of the program shows is not opened here, and what lies here stays', async () => {
  const engine = createStandInEngine();
  const link = linkEngine({ openPort: engine.openPort });
  const [editorId, notices, elsewhere] = ['one' as EditorId, createNotices(), '/films/Boat'];
  const mayShow = async (folder: string) => folder !== elsewhere;
  const desk = createDesk({ link, editorId, notices, storage, language: () => 'en', mayShow });
  const made = await desk.create('Film');
  expect(await desk.open(elsewhere)).toBeUndefined();
  expect(desk.store.getState()).toEqual({ kind: 'project', project: made });
  link.close();
});

test('a shell that cannot say who shows a project does not keep it closed', async () => {
  const engine = createStandInEngine();
  const { project, close } = await windowOn(engine, 'one');
  close();
  const link = linkEngine({ openPort: engine.openPort });
  const [editorId, notices] = ['two' as EditorId, createNotices()];
  const mayShow = () => Promise.reject(new Error('refused'));
  const desk = createDesk({ link, editorId, notices, storage, language: () => 'en', mayShow });
  expect((await desk.open(project.folder))?.folder).toBe(project.folder);
  link.close();
});

test('a gesture reaches the engine, and the title says so', async () => {
  const engine = createStandInEngine();
  const { project, rename, close } = await windowOn(engine, 'one');
  rename('Paper Boat');
  expect(project.saving.getState().kind).toBe('saving');
  await expect.poll(() => project.saving.getState().kind).toBe('saved');
  expect(filmNameIn(engine)).toBe('Paper Boat');
  close();
});

test('what is done while the engine is away is saved once it is back', async () => {
  const engine = createStandInEngine();
  const { project, rename, close } = await windowOn(engine, 'one');
  await expect.poll(() => project.library.getState().isKnown).toBe(true);
  engine.cutConnections();
  rename('While away');
  rename('Still away');
  await expect.poll(() => filmNameIn(engine)).toBe('Still away');
  await expect.poll(() => project.saving.getState().kind).toBe('saved');
  expect([...engine.projects.values()][0]?.journal).toHaveLength(2);
  close();
});

test('a gesture made while a killed engine comes back waits until the project is open there', async () => {
  const engine = createStandInEngine();
  const { project, rename, close } = await windowOn(engine, 'one');
  await expect.poll(() => project.library.getState().isKnown).toBe(true);
  const said = new Set<string>();
  project.saving.subscribe(({ kind }) => said.add(kind));
  engine.restart();
  await new Promise((resolve) => setTimeout(resolve)); // the window has heard of it
  rename('While away');
  await expect.poll(() => project.saving.getState().kind).toBe('saved');
  expect(filmNameIn(engine)).toBe('While away');
  expect([...said]).toEqual(['saving', 'saved']); // never that it cannot be written
  close();
});

test('a project put away while its last gestures wait for the engine is left once they are there', async () => {
  const engine = createStandInEngine();
  const { desk, project, rename, link, close } = await windowOn(engine, 'one');
  await expect.poll(() => project.library.getState().isKnown).toBe(true);
  engine.restart();
  await new Promise((resolve) => setTimeout(resolve));
  rename('Last');
  await link.connected();
  desk.close();
  const [held] = engine.projects.values();
  await expect.poll(() => held?.film.name).toBe('Last');
  await expect.poll(() => held?.present.size).toBe(0);
  close();
});

test('a second window reads along, and takes over on request; the first then reads', async () => {
  const engine = createStandInEngine();
  const one = await windowOn(engine, 'one');
  const two = await windowOn(engine, 'two', one.project.folder);
  expect(two.project.film.store.getState().role).toBe('reader');
  expect(two.rename('Mine')).toBeUndefined();
  expect(two.told()).toEqual(['notice.readingOnly']);

  one.rename('Theirs');
  await expect.poll(() => two.project.film.film().name).toBe('Theirs');

  await two.project.takeOver();
  await expect.poll(() => one.project.film.store.getState().role).toBe('reader');
  two.rename('Mine now');
  await expect.poll(() => one.project.film.film().name).toBe('Mine now');
  one.close();
  two.close();
});

test('after the engine was started again the editor is the editor still, though a reader was faster', async () => {
  const engine = createStandInEngine();
  const one = await windowOn(engine, 'one');
  const two = await windowOn(engine, 'two', one.project.folder);
  await two.project.takeOver(); // so that the reader is the one that dials first
  await expect.poll(() => one.project.film.store.getState().role).toBe('reader');
  await expect.poll(() => two.project.library.getState().isKnown).toBe(true);
  const [held] = engine.projects.values();
  if (held) held.editorId = undefined; // nobody has come back yet
  engine.cutConnections();
  two.rename('Under way');
  await expect.poll(() => two.project.saving.getState().kind).toBe('saved');
  await expect.poll(() => one.project.film.film().name).toBe('Under way');
  const roles = [one, two].map(({ project }) => project.film.store.getState().role);
  expect([roles, two.told()]).toEqual([['reader', 'editor'], []]);
  one.close();
  two.close();
});

test('a project that nobody can edit is looked at, and a gesture is answered with the reason', async () => {
  const engine = createStandInEngine();
  const one = await windowOn(engine, 'one');
  const [held] = engine.projects.values();
  if (!held) throw new Error('no project');
  const failure = { code: 'project-newer', path: held.folder, version: 2 } as const;
  Object.assign(held, { readOnly: failure, editorId: undefined });
  const two = await windowOn(engine, 'two', held.folder);
  expect([two.project.readOnly, two.project.film.store.getState().role]).toEqual([failure, 'reader']);
  expect(two.rename('Mine')).toBeUndefined();
  expect(two.notices.store.getState().map(({ sentence }) => sentence)).toEqual([{ failure }]);
  one.close();
  two.close();
});

test('edits another window made impossible are kept beside the project, and one sentence says where', async () => {
  const engine = createStandInEngine();
  const one = await windowOn(engine, 'one');
  await expect.poll(() => one.project.library.getState().isKnown).toBe(true);
  const two = await windowOn(engine, 'two', one.project.folder);
  engine.cutConnections();
  one.rename('Mine, unsent');
  const [held] = engine.projects.values();
  if (held) {
    held.editorId = 'two' as EditorId;
    held.film = { ...held.film, name: 'Theirs' };
    held.revision++;
  }
  await expect.poll(() => one.told()).toContain('notice.filmKeptAside');
  expect(one.project.film.film().name).toBe('Theirs');
  expect(one.project.film.store.getState().role).toBe('reader');
  one.close();
  two.close();
});

test('edits that cannot be kept aside yet stay in the window until they can', async () => {
  const engine = createStandInEngine();
  const one = await windowOn(engine, 'one');
  await expect.poll(() => one.project.library.getState().isKnown).toBe(true);
  engine.writeFailure = { code: 'disk-full', path: '/films' };
  engine.cutConnections();
  one.rename('Mine, unsent');
  const [held] = engine.projects.values();
  if (held) Object.assign(held, { film: { ...held.film, name: 'Theirs' }, revision: held.revision + 1 });
  await expect.poll(() => one.told()).toEqual(['failure']);
  engine.cutConnections(); // once more, in the midst of it
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect([one.project.film.film().name, one.told()]).toEqual(['Mine, unsent', ['failure']]);
  engine.writeFailure = undefined;
  await expect.poll(() => one.told()).toContain('notice.filmKeptAside');
  expect(one.project.film.film().name).toBe('Theirs');
  one.close();
});

test('a project put away is left, once its last gestures have reached the engine', async () => {
  const engine = createStandInEngine();
  const { desk, rename, close } = await windowOn(engine, 'one');
  const [first] = engine.projects.values();
  for (const name of ['One', 'Two', 'Three']) rename(name);
  desk.close();
  await expect.poll(() => first?.present.size).toBe(0);
  expect(first?.film.name).toBe('Three');
  close();
});

test('a project put away while the engine is away is saved once that is back, and opened again has it all', async () => {
  const engine = createStandInEngine();
  const { desk, project, rename, told, close } = await windowOn(engine, 'one');
  await expect.poll(() => project.library.getState().isKnown).toBe(true);
  engine.isUnplugged = true;
  engine.restart();
  rename('The last word');
  desk.close();
  const opening = desk.open(project.folder);
  await new Promise((resolve) => setTimeout(resolve, 100));
  engine.isUnplugged = false;
  expect((await opening)?.film.film().name).toBe('The last word');
  desk.close();
  const [held] = engine.projects.values();
  await expect.poll(() => held?.present.size).toBe(0);
  expect([held?.film.name, told()]).toEqual(['The last word', []]);
  close();
});

test('opening another project leaves the one before', async () => {
  const engine = createStandInEngine();
  const { desk, project, close } = await windowOn(engine, 'one');
  const second = await desk.create('Second');
  const [first, other] = engine.projects.values();
  await expect.poll(() => [first?.present.size, other?.present.size]).toEqual([0, 1]);
  await desk.open(project.folder);
  await expect.poll(() => [first?.present.size, other?.present.size]).toEqual([1, 0]);
  expect(second?.projectId).toBe(other?.projectId);
  close();
});

test('a project that cannot be opened again is told once, and asked for without haste', async () => {
  const engine = createStandInEngine();
  const { project, notices, told, close } = await windowOn(engine, 'one');
  await expect.poll(() => project.library.getState().isKnown).toBe(true);
  (engine.projects as Map<ProjectId, unknown>).delete(project.projectId); // its folder was moved
  engine.cutConnections();
  await expect.poll(() => told()).toContain('failure');
  for (const { id } of notices.store.getState()) notices.dismiss(id);
  await new Promise((resolve) => setTimeout(resolve, 1500)); // the next tries are over by then
  expect(told()).not.toContain('failure');
  close();
});
