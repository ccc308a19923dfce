import { join } from 'node:path';
import type { Logger } from 'pino';
import { type Failure, FailureError } from '../contract/failure.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeFacts } from '../document/film.ts';
import { learnCosts } from '../generate/estimate.ts';
import { progressOfShot } from '../generate/shot-progress.ts';
import type { ShotOutcome, ShotProgress } from '../jobs/shot-queue.ts';
import { type ShotOrder, writeTake } from '../library/take-folder.ts';
import { type FrameWriter, openFrameWriter, type WrittenFrames } from '../media/frame-writer.ts';
import { packOf } from '../packs/catalogue.ts';
import { packBytes } from '../packs/read-pack.ts';
import { recipeOf } from '../packs/recipe.ts';
import type { PackShelf } from '../packs/shelf.ts';
import { asFileFailure } from '../project/atomic-file.ts';
import type { ProjectPlaces } from '../project/layout.ts';
import type { ShotRunner } from '../runner/supervisor.ts';
import type { Devices } from './devices.ts';
import type { GeneratorWatch } from './generator-watch.ts';
import type { ShotCostBook } from './shot-costs.ts';

export interface ShotTools {
  readonly shelf: PackShelf;
  readonly runner: ShotRunner;
  readonly costs: ShotCostBook;
  readonly devices: Pick<Devices, 'placeFor' | 'distrust'>;
  readonly generator: Pick<GeneratorWatch, 'made' | 'died' | 'hasNoPlace'>;
  readonly ffmpegPath: () => string;
  readonly appVersion: string;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly now: () => Date;
}

/** Makes one shot into its take folder: the runner's frames go straight to the lossless file and the window's proxy. */
export async function makeTake(
  tools: ShotTools,
  order: ShotOrder,
  layout: ProjectPlaces,
  onProgress: (progress: ShotProgress) => void,
  signal: AbortSignal,
): Promise<ShotOutcome> {
  let writer: FrameWriter | undefined;
  try {
    const { request, facts } = order;
    const { pack } = packOf(await tools.shelf.catalogue(), request.packId);
    // A trial takes up to minutes and serves the shots after this one too: it is not ended, only no longer waited for.
    const place = await untilAborted(tools.devices.placeFor(pack), signal);
    if (place.kind === 'nowhere') {
      const { device, fault } = place;
      tools.generator.hasNoPlace(pack, place);
      return { kind: 'failed', failure: { code: 'device-missing', packId: request.packId, device, fault } };
    }
    const { device } = place;
    tools.log.info({ packId: request.packId, device }, 'shot begun');
    const work = pack.shotWork(request);
    const progress = progressOfShot(work, tools.costs.of(request.packId, device), () => performance.now());
    const openWriter = async () => {
      writer = await openFrameWriter({
        ffmpegPath: tools.ffmpegPath(),
        masterPath: join(layout.take(facts.id), framesFile),
        cacheFolder: layout.cache,
        ...sizeOf(facts),
        signal,
      });
      return writer;
    };

    const outcome = await tools.runner.makeShot(
      { packFolder: pack.folder, request, devices: [device] },
      {
        onActivity: (activity) => onProgress(progress(activity)),
        onFrames: async ({ pixels }) => (writer ?? (await openWriter())).write(pixels),
        signal,
      },
    );
    if (outcome.kind !== 'finished') {
      await writer?.abandon();
      if (outcome.kind === 'died') {
        tools.devices.distrust(device, 'its process ended');
        tools.generator.died(device);
      }
      return outcome.kind === 'cancelled' ? outcome : { kind: 'failed', failure: outcome.failure };
    }
    tools.generator.made();
    onProgress(progress({ kind: 'writing' }));
    const written = await (writer ?? (await openWriter())).finish();
    const recipe = recipeOf(pack, request, outcome.facts, tools.appVersion);
    const record = recordOf(facts, recipe, written, tools.now());
    await writeTake(layout, record);
    const run = { ...outcome.facts, fileBytes: written.bytes };
    const costs = learnCosts(tools.costs.of(request.packId, device), work, packBytes(pack), run);
    // It is only experience: the take is whole without it.
    await tools.costs
      .learn(request.packId, device, costs)
      .catch((error: unknown) => tools.log.warn({ err: error }, 'what the shot cost was not noted'));
    return { kind: 'made', record };
  } catch (error) {
    await writer?.abandon().catch(() => {});
    if (signal.aborted) return { kind: 'cancelled' };
    return { kind: 'failed', failure: failureOf(error, layout) };
  }
}

/** What comes of some work, unless the signal is aborted before: its reason is thrown then, and the work goes on unheard. */
async function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const framesFile = 'frames.mkv';

function sizeOf({ picture }: TakeFacts) {
  if (picture?.kind !== 'moving') throw new Error('a shot is a moving picture');
  const { widthPx, heightPx, frameCount, rate } = picture;
  return { widthPx, heightPx, frameCount, rate };
}

function recordOf(facts: TakeFacts, recipe: ReturnType<typeof recipeOf>, written: WrittenFrames, at: Date): TakeRecord {
  return {
    version: 1,
    facts,
    createdAt: at.toISOString(),
    origin: {
      kind: 'generated',
      recipe,
      file: framesFile,
      sha256: written.sha256,
      media: written.media,
      digitalSourceType: 'trainedAlgorithmicMedia',
    },
  };
}

function failureOf(error: unknown, layout: ProjectPlaces): Failure {
  const failure = asFileFailure(error, layout.folder);
  if (failure instanceof FailureError) return failure.failure;
  throw error;
}
