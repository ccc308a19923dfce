import { randomUUID } from 'node:crypto';
import type { PackId } from '../../engine/contract/ids.ts';
import type { JournalEntry, OpenProject } from '../../engine/contract/project.ts';
import type { ShotRequest } from '../../engine/contract/take.ts';
import type { Film, TakeFacts } from '../../engine/document/film.ts';
import { fingerprint } from '../../engine/document/fingerprint.ts';
import type { GestureId, SequenceId, TakeId } from '../../engine/document/ids.ts';
import { applyIntent, type Intent } from '../../engine/document/intent.ts';
import { diff } from '../../engine/document/patch.ts';
import { takeLength } from '../../engine/document/take-length.ts';
import { noFrames } from '../../engine/document/time.ts';
import { sequenceEnd } from '../../engine/document/track.ts';
import { done, type RunningEngine } from './running-engine.ts';

/** A window's film: applies intents and journals each before the next, as the real one does. */
export interface Desk {
  film(): Film;
  revision(): number;
  commit(intent: Intent): Promise<void>;
}

export function deskOf(engine: RunningEngine, project: OpenProject): Desk {
  let { film, revision } = project;
  return {
    film: () => film,
    revision: () => revision,
    commit: async (intent) => {
      const result = applyIntent(film, intent);
      if (result.kind === 'refused') throw new Error(result.refusal.code);
      const entry: JournalEntry = {
        cause: { kind: 'edit', intent },
        patch: diff(film, result.film),
        fingerprint: fingerprint(result.film),
      };
      const { projectId } = project;
      const { editorId } = engine;
      const answer = await engine.client.project.append({ projectId, editorId, expectedRevision: revision, entry });
      if (answer.kind === 'failed') throw new Error(JSON.stringify(answer.failure));
      film = result.film;
      revision = answer.revision;
    },
  };
}

export function sequenceIdOf({ film }: OpenProject): SequenceId {
  const [sequence] = film.sequences;
  if (!sequence) throw new Error('the film has no sequence');
  return sequence.id;
}

export function rename(name: string): Intent {
  return { kind: 'rename-film', gesture: `g-${randomUUID()}` as GestureId, name };
}

/** Appends a whole take to V1. */
export function appendTake(film: Film, take: TakeFacts): Intent {
  const [sequence] = film.sequences;
  const video = sequence?.tracks.find((track) => track.kind === 'video');
  if (!sequence || !video) throw new Error('the film has no V1');
  const length = takeLength(take, sequence.rate);
  if (length === 'endless') throw new Error('a still has no length of its own');
  const piece = { take, sourceIn: noFrames, length, videoTrackId: video.id };
  const gesture = `g-${randomUUID()}` as GestureId;
  return {
    kind: 'place',
    gesture,
    sequenceId: sequence.id,
    at: sequenceEnd(sequence),
    mode: 'overwrite',
    pieces: [piece],
  };
}

/** Starts a shot of the tiny pack and puts its ghost on the timeline. */
export async function startShot(
  engine: RunningEngine,
  project: OpenProject,
  desk: Desk,
  steps: number,
): Promise<TakeId> {
  const takeId = `take-${randomUUID()}` as TakeId;
  const request: ShotRequest = {
    task: 'text',
    prompt: 'a red car moves left',
    packId: 'tiny-loom' as PackId,
    frameCount: 9,
    widthPx: 96,
    heightPx: 64,
    seed: 7,
    steps,
    guidanceScale: 2,
  };
  const { projectId } = project;
  const started = await engine.client.generate.start({
    projectId,
    takeId,
    name: 'shot',
    request,
    destination: 'timeline',
  });
  await desk.commit(appendTake(desk.film(), done(started).facts));
  return takeId;
}
