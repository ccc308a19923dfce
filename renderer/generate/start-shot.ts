import type { ShotRequest } from '../../engine/contract/take.ts';
import type { TakeFacts } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { takeLength } from '../../engine/document/take-length.ts';
import { frames, noFrames } from '../../engine/document/time.ts';
import { allClips } from '../../engine/document/track.ts';
import { sentence } from '../i18n/sentence.ts';
import { trackLabel } from '../i18n/told-sentences.ts';
import { newGesture, perform, readingOnly } from '../state/edits.ts';
import { engineAway } from '../state/notices.ts';
import { mainSequence, type Project } from '../state/project.ts';
import type { Services } from '../state/services.tsx';
import { landingFor, landingInsteadOf } from './landing.ts';
import { nameOfShot } from './shot-draft.ts';

/**
 * Queues a shot and puts its ghost on the timeline: one undo step, made once the engine has taken the job; instead of
 * the clips of another take, where they began, if one is named and still has any. Answers whether it is on its way; what
 * went wrong is said in one sentence.
 */
export async function startShot(
  project: Project,
  { link, notices }: Pick<Services, 'link' | 'notices'>,
  request: ShotRequest,
  insteadOf?: TakeId,
): Promise<boolean> {
  const takeId = newTakeId();
  const { projectId } = project;
  const connection = link.store.getState();
  if (connection.kind !== 'connected') {
    notices.tell(engineAway);
    return false;
  }
  if (project.film.store.getState().role === 'reader') {
    notices.tell({ severity: 'note', sentence: readingOnly(project) });
    return false;
  }
  const { engine } = connection;
  const name = nameOfShot(request.prompt);
  const outcome = await engine.generate.start({ projectId, takeId, name, request, destination: 'timeline' });
  if (outcome.kind === 'failed') {
    notices.tell({ severity: 'failure', sentence: { failure: outcome.failure } }, projectId);
    return false;
  }
  const { jobId, facts } = outcome.value;
  const isPlaced = placeGhost(project, notices, facts, insteadOf);
  if (!isPlaced) await engine.jobs.cancel({ projectId, jobId });
  return isPlaced;
}

function placeGhost(project: Project, notices: Services['notices'], take: TakeFacts, insteadOf?: TakeId): boolean {
  const { film, session, transport } = project;
  const sequence = mainSequence(film.film());
  const whole = takeLength(take, sequence.rate);
  const wanted = whole === 'endless' ? frames(1) : whole;
  const others = allClips(sequence).filter(({ clip }) => clip.takeId === insteadOf);
  const landing =
    landingInsteadOf(sequence, others, wanted) ?? landingFor(sequence, session.getState().playhead, wanted);
  if (!landing || landing.kind === 'locked') {
    const track = landing ? trackLabel(film.film(), landing.trackId) : '';
    notices.tell({ severity: 'note', sentence: sentence('generate.locked', { track }) });
    return false;
  }
  const { at, length, trackId } = landing;
  const placed = perform(project, notices, {
    kind: 'place',
    gesture: newGesture(),
    sequenceId: sequence.id,
    at,
    mode: 'overwrite',
    ...(others.length > 0 && { insteadOf: others.map(({ clip }) => clip.id) }),
    pieces: [{ take, sourceIn: noFrames, length, videoTrackId: trackId }],
  });
  if (placed) transport.seek(at); // into the ghost, where the viewer shows how it comes along
  return placed !== undefined;
}

function newTakeId(): TakeId {
  return `take-${crypto.randomUUID()}` as TakeId;
}
