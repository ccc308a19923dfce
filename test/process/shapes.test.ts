import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ShotRequest } from '../../engine/contract/take.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { appendTake, deskOf } from './gestures.ts';
import { done, type RunningEngine, startEngine, testHome } from './running-engine.ts';

// A pack that makes several shapes, through the whole engine: asked for, made, kept and laid into an upright film.

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

test('every shape a pack makes comes out as asked, lies right in the frame, and costs what it is', async () => {
  const { client, editorId } = engine;
  const folder = join(home.home, 'projects', '竖屏');
  const upright = { rate: { num: 24, den: 1 }, widthPx: 640, heightPx: 960 };
  const project = done(await client.project.create({ folder, name: '竖屏', language: 'zh-CN', editorId, ...upright }));
  const desk = deskOf(engine, project);
  const pack = (await client.generate.packs({})).find(({ id }) => id === 'tiny-loom');
  if (!pack) throw new Error('the tiny pack is not there');
  expect(pack.sizes).toEqual([
    { widthPx: 96, heightPx: 64 },
    { widthPx: 64, heightPx: 96 },
    { widthPx: 64, heightPx: 64 },
  ]);
  const requestIn = (size: (typeof pack.sizes)[number]): ShotRequest => ({
    ...{ task: 'text', prompt: 'a red car', packId: pack.id, frameCount: 5, seed: 7, steps: 2, guidanceScale: 2 },
    ...size,
  });

  const { projectId } = project;
  const takes: TakeId[] = [];
  for (const size of pack.sizes) {
    const takeId = `take-${randomUUID()}` as TakeId;
    const order = { projectId, takeId, name: 'shot', request: requestIn(size), destination: 'timeline' } as const;
    await desk.commit(appendTake(desk.film(), done(await client.generate.start(order)).facts));
    takes.push(takeId);
  }
  const pictures = new Map<TakeId, unknown>();
  for await (const { event } of await client.project.watch({ projectId })) {
    const entries = event.kind === 'snapshot' ? event.entries : event.kind === 'entry-changed' ? [event.entry] : [];
    for (const entry of entries) {
      if (entry.kind !== 'ready' || entry.record.origin.kind !== 'generated') continue;
      const { codedWidthPx, codedHeightPx } = entry.record.origin.media.picture ?? {};
      pictures.set(entry.facts.id, { widthPx: codedWidthPx, heightPx: codedHeightPx });
    }
    if (pictures.size === takes.length) break;
  }
  expect(takes.map((id) => pictures.get(id))).toEqual(pack.sizes);

  // The upright one fills the frame; the others are seen whole, as wide as it.
  const clips = desk.film().sequences[0]?.tracks.find(({ kind }) => kind === 'video')?.clips ?? [];
  expect(clips.map((clip) => 'framing' in clip && clip.framing.scale)).toEqual([640 / 96, 10, 10]);

  const costs = await Promise.all(pack.sizes.map((size) => client.generate.estimate({ request: requestIn(size) })));
  const [wide, tall, square] = costs.map((outcome) => done(outcome));
  expect(tall).toEqual(wide);
  expect(square?.seconds).toBeLessThan(wide?.seconds ?? 0);
  expect(square?.diskBytes).toBeLessThan(wide?.diskBytes ?? 0);
});
