import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { exportDefaults } from '../../engine/contract/export.ts';
import type { PackId } from '../../engine/contract/ids.ts';
import type { Job } from '../../engine/contract/job.ts';
import type { LibraryEntry } from '../../engine/contract/library.ts';
import { readFilmFile } from '../../engine/project/film-file.ts';
import { startShot } from '../../renderer/generate/start-shot.ts';
import { importPaths } from '../../renderer/media/import-media.ts';
import { newGesture, perform } from '../../renderer/state/edits.ts';
import { mainSequence, type Project } from '../../renderer/state/project.ts';
import { appendTake } from './gestures.ts';
import type { HeadlessWindow } from './headless-window.ts';
import type { Lots } from './lots.ts';

/** What can be under way when something is killed. */
export type Work = 'rest' | 'gestures' | 'fold' | 'shot' | 'import' | 'export';

/** A film that is worked on for long in a window's own stores, and what has been done to it. */
export interface LongFilm {
  readonly project: Project;
  /** Where its exports go. */
  readonly exports: string;
  /** How many gestures the film came by. */
  gestures(): number;
  rename(): void;
  jobs(): readonly Job[];
  ready(): readonly LibraryEntry[];
  /** Begins a work and resolves at some moment amid it. */
  begin(work: Work, lots: Lots): Promise<void>;
}

const clip = join(import.meta.dirname, '../fixtures/media/stream_of_water_480x360.mp4');

export async function beginLongFilm(window: HeadlessWindow, home: string): Promise<LongFilm> {
  const project = await window.desk.create('Campaign', { rate: { num: 24, den: 1 }, widthPx: 320, heightPx: 180 });
  if (!project) throw new Error('no project');
  const exports = join(home, 'exports');
  mkdirSync(exports);
  let gestures = 0;
  let files = 0;
  project.film.store.subscribe(({ history }, before) => {
    if (history.present !== before.history.present) gestures += 1;
  });
  const jobs = () => [...project.library.getState().jobs.values()];
  const ready = () => [...project.library.getState().entries.values()].filter(({ kind }) => kind === 'ready');
  const rename = () => {
    perform(project, window.notices, { kind: 'rename-film', gesture: newGesture(), name: `Cut ${gestures + 1}` });
  };
  const acknowledged = () => {
    const saving = project.saving.getState();
    return gestures - (saving.kind === 'saving' ? saving.count : 0);
  };

  const importClip = () => {
    const path = join(home, `clip ${++files}.mp4`);
    copyFileSync(clip, path);
    appendFileSync(path, Buffer.from(`\0\0\0\x10free${String(files).padStart(8)}`)); // else it would be the same take
    return importPaths(project, window, [path]);
  };
  const shoot = () =>
    startShot(project, window, {
      ...{ task: 'text', prompt: 'a red car moves left', packId: 'tiny-loom' as PackId, seed: 7, guidanceScale: 2 },
      ...{ frameCount: 9, widthPx: 96, heightPx: 64, steps: 40 },
    });
  /** Has the film show something for half a minute and more. */
  const fillTimeline = async () => {
    const [take] = ready().length > 0 ? ready().map(({ facts }) => facts) : await importClip();
    const { tracks } = mainSequence(project.film.film());
    if (!take || tracks.some(({ clips }) => clips.length > 10)) return;
    for (let left = 40; left > 0; left--) perform(project, window.notices, appendTake(project.film.film(), take));
  };

  const works: Readonly<Record<Work, (lots: Lots) => Promise<void>>> = {
    rest: async () => {},
    gestures: async (lots) => {
      for (let left = 1 + lots.below(30); left > 0; left--) rename();
      await wait(lots.below(30));
    },
    // The film is folded when its journal has 500 lines: as many as that, give or take.
    fold: async (lots) => {
      const { revision } = await readFilmFile(join(project.folder, 'film.json'));
      const killAt = revision + 496 + lots.below(8);
      for (let left = 510; left > 0; left--) rename();
      await until(() => acknowledged() >= killAt);
    },
    shot: async (lots) => {
      await shoot();
      await until(() => jobs().some(isSampling) || !jobs().some(isShotUnderWay));
      await wait(lots.below(800));
    },
    import: async (lots) => {
      void importClip().catch(() => {}); // the kill may come before the answer
      await wait(lots.below(700));
    },
    export: async (lots) => {
      await fillTimeline();
      const { id: sequenceId } = mainSequence(project.film.film());
      const path = join(exports, `film ${++files}.mp4`);
      const request = { ...exportDefaults, preset: 'veryfast', unfinished: 'black', sequenceId, path } as const;
      const engine = await window.link.connected();
      const started = await engine.deliver.start({ projectId: project.projectId, request });
      if (started.kind === 'failed') throw new Error(JSON.stringify(started.failure));
      await wait(lots.below(2500));
    },
  };

  return { project, exports, gestures: () => gestures, rename, jobs, ready, begin: (work, lots) => works[work](lots) };
}

function isSampling({ kind, state }: Job): boolean {
  return kind === 'shot' && state.kind === 'running' && state.activity.kind === 'sampling';
}

export function isShotUnderWay({ kind, state }: Job): boolean {
  return kind === 'shot' && (state.kind === 'queued' || state.kind === 'running');
}

/** Resolves when something has happened. The limit only ends a wait that nothing will end. */
export async function until(isSo: () => boolean, limitMs = 120_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited ${limitMs} ms for ${isSo}`);
    await wait(5);
  }
}
