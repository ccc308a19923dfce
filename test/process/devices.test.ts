import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { JobId } from '../../engine/contract/ids.ts';
import { deskOf, startShot } from './gestures.ts';
import { createProject, done, type RunningEngine, startEngine, testHome } from './running-engine.ts';

// A pack that was made for a GPU and the processor, on a machine without a GPU: through the whole engine.

let home: ReturnType<typeof testHome>;
let engine: RunningEngine;
beforeEach(async () => {
  home = testHome();
  const manifest = join(home.home, 'packs/tiny-loom/pack.json');
  const pack = JSON.parse(readFileSync(manifest, 'utf8'));
  for (const name of Object.keys(pack.components)) pack.components[name].providers = ['webgpu', 'cpu'];
  writeFileSync(manifest, JSON.stringify(pack));
  vi.stubEnv('VK_DRIVER_FILES', '/nowhere/gpu.json'); // the machine may have one
  engine = await startEngine(home.home);
});
afterEach(async () => {
  await engine.stop();
  vi.unstubAllEnvs();
  home.remove();
});

test.runIf(process.platform === 'linux')(
  'a shot does not leave the chosen device unsaid, and is made on the processor once that is chosen',
  async () => {
    const { client } = engine;
    const project = await createProject(engine, join(home.home, 'projects', 'one'));
    const { projectId } = project;
    done(await client.settings.change({ device: 'webgpu' }));
    const standings = await client.generate.follow({});
    expect((await standings.next()).value).toEqual({ kind: 'ready' });

    const takeId = await startShot(engine, project, deskOf(engine, project), 2);
    const jobId = `shot-${takeId}` as JobId;
    expect((await standings.next()).value).toMatchObject({
      ...{ kind: 'no-device', packName: 'Tiny Loom', device: 'webgpu', hasProcessor: true },
      fault: { kind: 'absent', said: expect.stringContaining('No supported adapters') },
    });
    const placeOfTiny = async () => {
      const { shots } = await client.system.devices({});
      return shots.find(({ packName }) => packName === 'Tiny Loom')?.place;
    };
    expect(await placeOfTiny()).toMatchObject({ kind: 'nowhere', device: 'webgpu' });

    done(await client.settings.change({ device: 'cpu' }));
    expect((await standings.next()).value).toEqual({ kind: 'ready' });
    expect(await placeOfTiny()).toEqual({ kind: 'device', device: 'cpu' });
    for await (const { event } of await client.project.watch({ projectId })) {
      const jobs = event.kind === 'snapshot' ? event.jobs : event.kind === 'job-changed' ? [event.job] : [];
      const state = jobs.find(({ id }) => id === jobId)?.state;
      if (state?.kind === 'failed') {
        expect(state.failure).toMatchObject({ code: 'device-missing', device: 'webgpu' });
        await client.jobs.retry({ projectId, jobId });
      }
      if (state?.kind === 'finished') break;
    }
    const { entries } = await libraryOf(projectId);
    const record = entries.find(({ facts }) => facts.id === takeId);
    expect(record).toMatchObject({ record: { origin: { recipe: { provider: 'cpu' } } } });
  },
);

async function libraryOf(projectId: Parameters<RunningEngine['client']['project']['watch']>[0]['projectId']) {
  for await (const { event } of await engine.client.project.watch({ projectId })) {
    if (event.kind === 'snapshot') return event;
  }
  throw new Error('the project was closed');
}
