import { spawnSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { exportDefaults } from '../../engine/contract/export.ts';
import type { PackId } from '../../engine/contract/ids.ts';
import type { Job } from '../../engine/contract/job.ts';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import { readFilmFile } from '../../engine/project/film-file.ts';
import { startShot } from '../../renderer/generate/start-shot.ts';
import { importPaths } from '../../renderer/media/import-media.ts';
import { newGesture, perform } from '../../renderer/state/edits.ts';
import { mainSequence, type Project } from '../../renderer/state/project.ts';
import { descendantsOf, descendantsRunning, isAlive } from '../processes.ts';
import { openWindow, type RunningHost, startHost } from './headless-window.ts';
import { type Lots, lotsOf } from './lots.ts';
import { testHome } from './running-engine.ts';

// One film, worked on in the window's own stores, while engine, runner and host are killed over and over at random
// moments. After each kill the window must be whole again by itself, and at the end the film on disk must be the film in
// the window, each gesture in it once. `npm run campaign -- kills` does the same a hundred times.

const killCount = Number(process.env.SHOTLOOM_KILLS ?? 6);
const seed = Number(process.env.SHOTLOOM_SEED ?? 4);

/** Who is killed, and what is under way then. */
const plans = [
  ...(['engine', 'host'] as const).flatMap((victim) =>
    (['rest', 'gestures', 'fold', 'shot', 'import', 'export'] as const).map((work) => ({ victim, work })),
  ),
  { victim: 'runner', work: 'shot' } as const,
];
type Work = (typeof plans)[number]['work'];

test(`a film loses nothing by ${killCount} kills, and nothing is left lying about (seed ${seed})`, async () => {
  const lots = lotsOf(seed);
  const stage = await openStage();
  try {
    for (let done = 0, deck = lots.shuffled(plans); done < killCount; done++) {
      const plan = deck.pop();
      if (deck.length === 0) deck = lots.shuffled(plans);
      if (!plan) throw new Error('the deck is empty');
      await stage.kill(plan.victim, plan.work, lots).catch((cause: unknown) => {
        throw new Error(`kill ${done + 1}: ${plan.victim} amid ${plan.work}`, { cause });
      });
    }
    await stage.finish();
  } finally {
    await stage.close();
  }
}, 3_600_000);

async function openStage() {
  const home = testHome();
  const clip = join(import.meta.dirname, '../fixtures/media/stream_of_water_480x360.mp4');
  const films = join(home.home, 'films');
  mkdirSync(films);
  let host: RunningHost = await startHost(home.home);
  const window = openWindow(() => host.openPort());
  await window.link.connected();
  const opened = await window.desk.create('Campaign', { rate: { num: 24, den: 1 }, widthPx: 320, heightPx: 180 });
  if (!opened) throw new Error('no project');
  const project: Project = opened;
  const { folder, projectId } = project;
  let gestures = 0;
  let takenIn = 0;
  project.film.store.subscribe(({ history }, before) => {
    if (history.present !== before.history.present) gestures += 1;
  });
  const ready = () => [...project.library.getState().entries.values()].filter(({ kind }) => kind === 'ready');
  const jobs = () => [...project.library.getState().jobs.values()];
  const rename = () =>
    void perform(project, window.notices, { kind: 'rename-film', gesture: newGesture(), name: `Cut ${gestures + 1}` });

  const begin: Readonly<Record<Work, (lots: Lots) => Promise<void>>> = {
    rest: async () => {},
    gestures: async (lots) => {
      for (let left = 1 + lots.below(30); left > 0; left--) rename();
      await wait(lots.below(30));
    },
    // The film is folded when its journal has 500 lines: as many as that, give or take.
    fold: async (lots) => {
      const before = await revisionOnDisk();
      const killAt = before + 496 + lots.below(8);
      for (let left = 510; left > 0; left--) rename();
      await until(() => gestures - unsent() >= killAt);
    },
    shot: async (lots) => {
      await shoot();
      await until(() => jobs().some(isSampling) || !jobs().some(isShotUnderWay));
      await wait(lots.below(800));
    },
    import: async (lots) => {
      void importPaths(project, window, [newClip()]).catch(() => {}); // the kill may come before the answer
      await wait(lots.below(700));
    },
    export: async (lots) => {
      await fillTimeline();
      const request = { ...exportDefaults, ...exportOf(project), path: join(films, `film ${++takenIn}.mp4`) };
      const engine = await window.link.connected();
      const started = await engine.deliver.start({ projectId, request });
      if (started.kind === 'failed') throw new Error(JSON.stringify(started.failure));
      await wait(lots.below(2500));
    },
  };

  /** Gestures that have not been acknowledged. */
  const unsent = () => {
    const saving = project.saving.getState();
    return saving.kind === 'saving' ? saving.count : 0;
  };
  const revisionOnDisk = async () => (await readFilmFile(join(folder, 'film.json'))).revision;
  const newClip = () => {
    const path = join(home.home, `clip ${++takenIn}.mp4`);
    copyFileSync(clip, path);
    appendFileSync(path, Buffer.from(`\0\0\0\x10free${String(takenIn).padStart(8)}`)); // a file of its own
    return path;
  };
  const shoot = () =>
    startShot(project, window, {
      ...{ task: 'text', prompt: 'a red car moves left', packId: 'tiny-loom' as PackId, seed: 7, guidanceScale: 2 },
      ...{ frameCount: 9, widthPx: 96, heightPx: 64, steps: 40 },
    });
  const fillTimeline = async () => {
    if (ready().length === 0) await importPaths(project, window, [newClip()]);
  };

  const isWhole = () =>
    window.link.store.getState().kind === 'connected' &&
    project.saving.getState().kind === 'saved' &&
    project.library.getState().isKnown;

  return {
    kill: async (victim: Victim, work: Work, lots: Lots) => {
      await begin[work](lots);
      const readyBefore = ready();
      const dead = killNow(victim, host.pid);
      rename(); // nobody at the window has noticed yet
      await Promise.all(dead.map(gone));
      const halfWritten = pendingIn(home.home);
      if (victim === 'host') host = await startHost(home.home);
      if (victim !== 'runner') await until(() => window.link.store.getState().kind !== 'connected');
      rename();
      await until(isWhole);
      await wait(50);

      const engine = await window.link.connected();
      const answer = await engine.project.read({ projectId, editorId: window.editorId });
      expect(answer).toMatchObject({ kind: 'done', value: { role: 'editor', revision: gestures } });
      expect(answer.kind === 'done' && answer.value.film).toEqual(project.film.film());
      for (const { facts } of readyBefore) {
        expect(project.library.getState().entries.get(facts.id)?.kind, facts.name).toBe('ready');
      }
      // What the dead was writing is swept as the project opens; what the living writes has other names.
      if (victim !== 'runner') expect(pendingIn(home.home).filter((name) => halfWritten.includes(name))).toEqual([]);
    },
    /** Every shot is made in the end; then all is ended as people end it. */
    finish: async () => {
      await until(() => {
        for (const { id, kind, state } of jobs()) {
          if (kind === 'shot' && (state.kind === 'failed' || state.kind === 'cancelled')) void retry(id);
        }
        return !jobs().some(isShotUnderWay);
      }, 600_000);
      expect([...project.library.getState().entries.values()].map(({ kind }) => kind)).not.toContain('pending');
      const film = project.film.film();
      const processes = descendantsOf(host.pid);
      await host.stop();
      await Promise.all(processes.map(gone));
      expect(await readFilmFile(join(folder, 'film.json'))).toEqual({ film, revision: gestures });
      expect(readFileSync(join(folder, 'film.journal'), 'utf8')).toBe('');
      const index = ['library.db', 'library.db-journal']; // the second is SQLite's, and empty
      const left = readdirSync(folder).filter((name) => !index.includes(name));
      expect(left.sort()).toEqual(['cache', 'film.journal', 'film.json', 'takes']);
      expect(pendingIn(home.home)).toEqual([]);
      // A film that has its name is whole.
      for (const name of readdirSync(films).filter((each) => each.endsWith('.mp4'))) {
        const { status, stderr } = spawnSync(findFfmpeg(), [...decodeAll, join(films, name), '-f', 'null', '-']);
        expect([status, String(stderr)], name).toEqual([0, '']);
      }
    },
    close: async () => {
      window.desk.close();
      window.link.close();
      await host.stop();
      home.remove();
    },
  };

  async function retry(jobId: Job['id']) {
    await window.link.connected().then(
      (engine) => engine.jobs.retry({ projectId, jobId }),
      () => {},
    );
  }
}

type Victim = (typeof plans)[number]['victim'];

/** Kills it; answers every process that must go with it. */
function killNow(victim: Victim, hostPid: number): readonly number[] {
  const [pid = 0] = victim === 'host' ? [hostPid] : descendantsRunning(hostPid, `${victim}.mjs`);
  if (pid === 0) return []; // the runner rests between shots
  const dead = [pid, ...descendantsOf(pid)];
  process.kill(pid, 'SIGKILL');
  return dead;
}

const decodeAll = ['-v', 'error', '-xerror', '-i'];

function exportOf(project: Project) {
  return { sequenceId: mainSequence(project.film.film()).id, preset: 'veryfast', unfinished: 'black' } as const;
}

function isSampling({ kind, state }: Job): boolean {
  return kind === 'shot' && state.kind === 'running' && state.activity.kind === 'sampling';
}

function isShotUnderWay({ kind, state }: Job): boolean {
  return kind === 'shot' && (state.kind === 'queued' || state.kind === 'running');
}

function pendingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.pending(\/|$)/.test(name));
}

async function gone(pid: number): Promise<void> {
  await until(() => !isAlive(pid), 30_000);
}

async function until(isSo: () => boolean, limitMs = 120_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms for ${isSo}`);
    await wait(5);
  }
}
