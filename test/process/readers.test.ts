import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EditorId } from '../../engine/contract/ids.ts';
import { deskOf, rename } from './gestures.ts';
import { createProject, done, openProject, type RunningEngine, startEngine, testHome } from './running-engine.ts';

// One window edits, others read along; one engine holds a project, others are told: against real engines.

let home: ReturnType<typeof testHome>;
let engine: RunningEngine;
beforeEach(async () => {
  home = testHome();
  engine = await startEngine(home.home);
});
afterEach(async () => {
  await engine.stop();
  home.remove();
});

test('a window that reads along sees what the editor did, and nobody’s role changes by it', async () => {
  const desk = deskOf(engine, await createProject(engine, join(home.home, 'projects', 'one')));
  const second = { ...engine, editorId: 'second-window' as EditorId };
  const { projectId, role, folder } = await openProject(second, join(home.home, 'projects', 'one'));
  expect(role).toBe('reader');

  await desk.commit(rename('cut two'));
  const { project } = engine.client;
  expect(done(await project.read({ projectId, editorId: second.editorId }))).toMatchObject({
    ...{ role: 'reader', revision: 1, folder },
    film: { name: 'cut two' },
  });
  expect(done(await project.read({ projectId, editorId: engine.editorId })).role).toBe('editor');
  await desk.commit(rename('cut three'));
  expect(done(await project.read({ projectId, editorId: second.editorId })).film.name).toBe('cut three');
});

test('a second engine on the same project is told who has it, and may have it once that one has gone', async () => {
  const folder = join(home.home, 'projects', 'one');
  const desk = deskOf(engine, await createProject(engine, folder));
  await desk.commit(rename('cut two'));
  const second = await startEngine(home.home);
  try {
    const { client, editorId } = second;
    expect(await client.project.open({ folder, editorId })).toEqual({
      kind: 'failed',
      failure: { code: 'project-locked', path: folder, host: hostname(), pid: engine.pid },
    });
    await desk.commit(rename('cut three'));
    await engine.stop();
    expect(await openProject(second, folder)).toMatchObject({ role: 'editor', revision: 2, notices: [] });
  } finally {
    await second.stop();
  }
});
