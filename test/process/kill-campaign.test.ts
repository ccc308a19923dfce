import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import { readFilmFile } from '../../engine/project/film-file.ts';
import type { EngineClient } from '../../engine/rpc/client.ts';
import { descendantsOf, descendantsRunning, untilGone } from '../processes.ts';
import { type HeadlessWindow, openWindow, startHost } from './headless-window.ts';
import { beginLongFilm, isShotUnderWay, type LongFilm, until, type Work } from './long-film.ts';
import { type Lots, lotsOf } from './lots.ts';
import { testHome } from './running-engine.ts';

// One film, worked on in the window's own stores, while engine, runner and host are killed over and over at random
// moments. After each kill the window must be whole again by itself, and at the end the film on disk must be the film in
// the window, each gesture in it once. `npm run campaign -- kills` does the same a hundred times.

const killCount = Number(process.env.SHOTLOOM_KILLS ?? 6);
const seed = Number(process.env.SHOTLOOM_SEED ?? 4);

/** Who is killed, and what is under way then. */
interface Plan {
  readonly victim: 'engine' | 'host' | 'runner';
  readonly work: Work;
}

const plans: readonly Plan[] = [
  ...(['engine', 'host'] as const).flatMap((victim) =>
    (['rest', 'gestures', 'fold', 'shot', 'import', 'export'] as const).map((work) => ({ victim, work })),
  ),
  { victim: 'runner', work: 'shot' },
];

test(`a film loses nothing by ${killCount} kills, and nothing is left lying about (seed ${seed})`, async () => {
  const lots = lotsOf(seed);
  const { home, remove } = testHome();
  let host = await startHost(home);
  const window = openWindow(() => host.openPort());
  const restart = async () => {
    host = await startHost(home);
  };
  try {
    await window.link.connected();
    const film = await beginLongFilm(window, home);
    const stage: Stage = { home, window, film, restart, hostPid: () => host.pid };
    for (let done = 0, deck = lots.shuffled(plans); done < killCount; done++) {
      if (deck.length === 0) deck = lots.shuffled(plans);
      const plan = deck.pop();
      if (!plan) throw new Error('the deck is empty');
      await killAmid(plan, stage, lots).catch((cause: unknown) => {
        throw new Error(`kill ${done + 1}: ${plan.victim} amid ${plan.work}`, { cause });
      });
    }
    await everyShotMade(stage);
    const processes = descendantsOf(host.pid);
    await host.stop();
    await Promise.all(processes.map(untilGone));
    await expectWholeOnDisk(stage);
  } finally {
    window.link.close();
    await host.stop();
    remove();
  }
}, 3_600_000);

interface Stage {
  readonly home: string;
  readonly window: HeadlessWindow;
  readonly film: LongFilm;
  readonly hostPid: () => number;
  /** Starts the host again, as a person does. */
  readonly restart: () => Promise<void>;
}

async function killAmid({ work, victim }: Plan, stage: Stage, lots: Lots): Promise<void> {
  const { window, film } = stage;
  await film.begin(work, lots);
  const { project } = film;
  const readyBefore = film.ready();
  const engineBefore = await window.link.connected();
  const dead = killNow(victim, stage.hostPid());
  film.rename(); // nobody at the window has noticed yet
  await Promise.all(dead.map(untilGone));
  const halfWritten = pendingIn(stage.home);
  if (victim === 'host') await stage.restart();
  // By then the window may have the next engine already.
  if (victim !== 'runner') await until(() => engineOf(window) !== engineBefore);
  film.rename();
  await until(() => window.link.store.getState().kind === 'connected' && project.saving.getState().kind === 'saved');

  const engine = await window.link.connected();
  const answer = await engine.project.read({ projectId: project.projectId, editorId: window.editorId });
  expect(answer).toMatchObject({ kind: 'done', value: { role: 'editor', revision: film.gestures() } });
  expect(answer.kind === 'done' && answer.value.film).toEqual(project.film.film());
  await until(() => project.library.getState().isKnown);
  for (const { facts } of readyBefore) {
    expect(project.library.getState().entries.get(facts.id)?.kind, facts.name).toBe('ready');
  }
  // What the dead was writing is swept as the project opens; what the living writes has other names.
  if (victim !== 'runner') expect(pendingIn(stage.home).filter((name) => halfWritten.includes(name))).toEqual([]);
}

/** The engine a window is connected to. */
function engineOf({ link }: HeadlessWindow): EngineClient | undefined {
  const state = link.store.getState();
  return state.kind === 'connected' ? state.engine : undefined;
}

/** Kills it; answers every process that must go with it. */
function killNow(victim: Plan['victim'], hostPid: number): readonly number[] {
  const [pid] = victim === 'host' ? [hostPid] : descendantsRunning(hostPid, `${victim}.mjs`);
  if (pid === undefined) return []; // the runner rests between shots
  const dead = [pid, ...descendantsOf(pid)];
  process.kill(pid, 'SIGKILL');
  return dead;
}

/** One whose runner was killed twice over it has failed, and is tried again as an editor would. */
async function everyShotMade({ window, film: { project, jobs } }: Stage): Promise<void> {
  const { projectId } = project;
  const engine = await window.link.connected();
  await until(() => {
    const failed = jobs().filter(({ kind, state }) => kind === 'shot' && state.kind === 'failed');
    if (failed.length > 0) void engine.generate.startAgain({}); // after three kills within five minutes it stays off
    for (const { id: jobId } of failed) void engine.jobs.retry({ projectId, jobId });
    return failed.length === 0 && !jobs().some(isShotUnderWay);
  });
  const kinds = [...project.library.getState().entries.values()].map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['ready']));
}

/** After all was ended as people end it. */
async function expectWholeOnDisk({ home, film: { project, exports, gestures } }: Stage): Promise<void> {
  const { folder } = project;
  const { film, revision } = await readFilmFile(join(folder, 'film.json'));
  expect({ film, revision }).toEqual({ film: project.film.film(), revision: gestures() });
  expect(readFileSync(join(folder, 'film.journal'), 'utf8')).toBe('');
  const index = ['library.db', 'library.db-journal']; // the second is SQLite's, and empty
  const left = readdirSync(folder).filter((name) => !index.includes(name));
  expect(left.sort()).toEqual(['film.journal', 'film.json', 'takes']);
  expect(pendingIn(home)).toEqual([]);
  // An export that has its name is whole.
  for (const name of readdirSync(exports).filter((each) => each.endsWith('.mp4'))) {
    const decodeAll = ['-v', 'error', '-xerror', '-i', join(exports, name), '-f', 'null', '-'];
    const { status, stderr } = spawnSync(findFfmpeg(), decodeAll);
    expect([status, String(stderr)], name).toEqual([0, '']);
  }
}

function pendingIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.pending(\/|$)/.test(name));
}
