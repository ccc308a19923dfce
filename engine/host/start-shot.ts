import type { Outcome } from '../contract/failure.ts';
import type { PackSummary } from '../contract/generation.ts';
import type { JobId } from '../contract/ids.ts';
import type { ShotRequest } from '../contract/take.ts';
import type { TakeFacts } from '../document/film.ts';
import type { TakeId } from '../document/ids.ts';
import type { Engine } from './engine.ts';
import type { ProjectSession } from './project-session.ts';

export interface WantedShot {
  readonly takeId: TakeId;
  readonly name: string;
  readonly request: ShotRequest;
  readonly destination: 'timeline' | 'bin';
}

/**
 * Queues a shot. Fails with `pack-missing`, and with `bad-request` for a size, length or take the pack or the project
 * cannot take: the window offers only what fits, so this is a fault of the caller.
 */
export async function startShot(
  engine: Engine,
  session: ProjectSession,
  { takeId, name, request, destination }: WantedShot,
): Promise<Outcome<{ readonly jobId: JobId; readonly facts: TakeFacts }>> {
  const pack = (await engine.options.packs.summaries()).find((each) => each.id === request.packId);
  if (!pack) return { kind: 'failed', failure: { code: 'pack-missing', packId: request.packId } };
  const problem = session.library.find(takeId) ? 'the take exists already' : problemWith(pack, request);
  if (problem) return { kind: 'failed', failure: { code: 'bad-request', reason: problem } };

  const facts: TakeFacts = {
    id: takeId,
    name,
    origin: 'generated',
    picture: {
      kind: 'moving',
      rate: pack.rate,
      frameCount: request.frameCount,
      widthPx: request.widthPx,
      heightPx: request.heightPx,
    },
  };
  const jobId = await session.startShot({ facts, request, destination });
  return { kind: 'done', value: { jobId, facts } };
}

function problemWith({ sizes, frameCounts, tasks }: PackSummary, request: ShotRequest): string | undefined {
  if (!tasks.includes(request.task)) return `the pack does not do ${request.task}`;
  const hasSize = sizes.some((size) => size.widthPx === request.widthPx && size.heightPx === request.heightPx);
  if (!hasSize) return `the pack has no size ${request.widthPx}×${request.heightPx}`;
  // Between the lengths a pack makes, the next longer one is made and trimmed.
  const { min, max } = frameCounts;
  const { frameCount } = request;
  return frameCount < min || frameCount > max ? `the pack makes ${min} to ${max} frames, not ${frameCount}` : undefined;
}
