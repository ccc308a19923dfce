import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Film } from '../../engine/document/film.ts';
import { show } from '../../engine/document/film-notation.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import type { GestureId } from '../../engine/document/ids.ts';
import { applyIntent } from '../../engine/document/intent.ts';
import { diff } from '../../engine/document/patch.ts';
import { readTakes } from '../../engine/library/take-index.ts';
import { locateTake } from '../../engine/media/ingest.ts';
import { openProjectFolder, type ProjectFiles } from '../../engine/project/open-project.ts';
import { compilePlan } from '../../engine/render/plan.ts';

// Projects that people saved with earlier versions open, show the same frames, and survive a save.

const fixtures = join(import.meta.dirname, '../fixtures');
const engine = { path: '/run/here', tokenFile: '/run/here.token' };
let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "shotloom 旧 'o' ")), 'film');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

function openCopy(version: string): Promise<ProjectFiles> {
  cpSync(join(fixtures, 'projects', version), folder, { recursive: true });
  mkdirSync(join(folder, 'media'));
  copyFileSync(join(fixtures, 'media/bbb_avc_bpyramid_sar64x45.mp4'), join(folder, 'media/海浪.mp4'));
  return openProjectFolder(folder, engine);
}

/** What the film shows and sounds like, frame for frame. A plan that gains a field has another name: see why first. */
function planOf(film: Film): string {
  const [sequence] = film.sequences;
  return fingerprint(sequence && compilePlan(film, sequence.id));
}

async function rename(project: ProjectFiles, name: string): Promise<void> {
  const before = project.film();
  const intent = { kind: 'rename-film' as const, gesture: 'gesture-new' as GestureId, name };
  const result = applyIntent(before, intent);
  if (result.kind === 'refused') throw new Error(result.refusal.code);
  const patch = [...diff(before, result.film)];
  await project.append(project.revision(), {
    cause: { kind: 'edit', intent },
    patch,
    fingerprint: fingerprint(result.film),
  });
}

test('a project of format 1 opens with every gesture, shows the same frames, and survives a save', async () => {
  const project = await openCopy('1');
  const film = project.film();
  expect([film.name, project.revision(), project.notices]).toEqual(['港口 · Harbour', 13, []]);
  expect(show(film)).toBe(
    'V1 take-f6ce0483-e9e6-452c-a827-97241fd114c2+2:0-16 take-shot:20-25 take-shot+5:25-32 | V2 take-shot+3:8-14',
  );
  expect(planOf(film)).toBe('82003eeaef9c28d9');
  await rename(project, 'Saved again');
  await project.close();

  const again = await openProjectFolder(folder, engine);
  expect([again.film().name, again.revision(), planOf(again.film())]).toEqual(['Saved again', 14, planOf(film)]);
  await again.close();
});

test('the takes of format 1 are there, with their frames, and so is the shot that was never made', async () => {
  const project = await openCopy('1');
  const { takes, orders, unreadable } = await readTakes(project.layout, project.lock.database);
  expect(takes.map(({ facts }) => facts.name).toSorted()).toEqual(['一辆红色的小汽车向左移动', '海浪.mp4']);
  for (const take of takes) {
    const places = { project: folder, take: project.layout.take(take.facts.id) };
    expect(await locateTake(take, places), take.facts.name).toContain(folder);
  }
  expect(orders.map(({ request, status }) => [request.prompt, status.kind])).toEqual([['a red cat', 'cancelled']]);
  expect(unreadable).toEqual([]);
  await project.close();
});
