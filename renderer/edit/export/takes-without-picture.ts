import { hasEnded, type Job } from '../../../engine/contract/job.ts';
import type { Film } from '../../../engine/document/film.ts';
import type { TakeId } from '../../../engine/document/ids.ts';
import { compilePlan } from '../../../engine/render/plan.ts';
import { jobOfTake, type Library } from '../../state/library-store.ts';
import { mainSequence } from '../../state/project.ts';

/** Takes that an export would want and that have no frames, each list in the order in which the film shows them. */
export interface TakesWithoutPicture {
  /** Frames are on their way: waiting helps. */
  readonly making: readonly TakeId[];
  /** Failed or cancelled: nothing comes of waiting, only of trying again. */
  readonly stopped: readonly StoppedTake[];
  /** Footage whose file is not where it was. The exporter draws no black for it: it refuses. */
  readonly missing: readonly TakeId[];
}

export interface StoppedTake {
  readonly takeId: TakeId;
  /** What would make it again; none where the engine has not told of it. */
  readonly job: Job | undefined;
}

/** Asks the render plan, as the exporter does: what is hidden or silent is not wanted, and so not missed. */
export function takesWithoutPicture(film: Film, library: Library): TakesWithoutPicture {
  const plan = compilePlan(film, mainSequence(film).id);
  const making: TakeId[] = [];
  const stopped: StoppedTake[] = [];
  const missing: TakeId[] = [];
  const used = [...plan.spans.flatMap((span) => span.layers), ...plan.sounds].map(({ takeId }) => takeId);
  for (const takeId of new Set(used)) {
    const entry = library.entries.get(takeId);
    if (entry?.kind === 'ready') continue;
    const job = jobOfTake(library, takeId);
    if (entry?.kind === 'offline') missing.push(takeId);
    else if (entry?.kind === 'failed' || (job && hasEnded(job.state))) stopped.push({ takeId, job });
    else making.push(takeId);
  }
  return { making, stopped, missing };
}
