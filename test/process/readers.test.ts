import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EditorId } from '../../engine/contract/ids.ts';
import { deskOf, rename } from './gestures.ts';
import { createProject, done, openProject, type RunningEngine, startEngine, testHome } from './running-engine.ts';

// One window edits, others read along: against a real engine.

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
