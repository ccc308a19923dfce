import { mkdir } from 'node:fs/promises';
import { type Failure, FailureError } from '../contract/failure.ts';
import type { TakeRecord } from '../contract/take.ts';
import type { TakeId } from '../document/ids.ts';
import type { FfmpegTool } from '../export/caps.ts';
import type { ExportTake } from '../export/export-take.ts';
import { deliveryOf, startExport } from '../export/start-export.ts';
import { preparedFiles, readTakeTable, stillToExport } from '../media/take-files.ts';
import { noteExport } from '../project/leftovers.ts';
import { compilePlan, type RenderPlan } from '../render/plan.ts';
import type { ExportJob, ExportOutcome, Workshop } from './workshop.ts';

export interface ExportTools {
  readonly workshop: Pick<Workshop, 'locate' | 'prepare'>;
  readonly ffmpegTool: () => Promise<FfmpegTool>;
  readonly appVersion: string;
  readonly threads: number;
}

/** Exports a sequence as the project has it now: finds each take's file and what was made of it, and hands them on. */
export async function exportFilm(job: ExportJob, tools: ExportTools): Promise<ExportOutcome> {
  const { film, request, onProgress, signal } = job;
  const plan = compilePlan(film, request.sequenceId);
  const takes = new Map<TakeId, ExportTake>();
  for (const id of takesIn(plan)) takes.set(id, await exportTakeOf(id, job, tools));
  if (signal.aborted) return { kind: 'cancelled' };

  // What is written on the way lies in the cache, where the next engine sweeps it when this one is killed.
  const temporaryFolder = job.layout.cache;
  await mkdir(temporaryFolder, { recursive: true });
  const ffmpeg = await tools.ffmpegTool();
  const run = () =>
    startExport({
      plan,
      takes,
      path: request.path,
      delivery: deliveryOf(request),
      unfinished: request.unfinished,
      existing: request.existing,
      ffmpeg,
      threads: tools.threads,
      temporaryFolder,
      appVersion: tools.appVersion,
      signal,
      onProgress: ({ framesDone, frameCount, done, secondsLeft }) =>
        onProgress({
          activity: { kind: 'encoding', framesDone, frameCount },
          done,
          ...(secondsLeft === undefined ? {} : { secondsLeft }),
        }),
    });
  const outcome = await noteExport(job.layout, request.path, run);
  return outcome.kind === 'finished' ? { kind: 'done', value: undefined } : outcome;
}

function takesIn(plan: RenderPlan): Set<TakeId> {
  return new Set([...plan.spans.flatMap((span) => span.layers), ...plan.sounds].map(({ takeId }) => takeId));
}

async function exportTakeOf(id: TakeId, job: ExportJob, tools: ExportTools): Promise<ExportTake> {
  const record = job.record(id);
  if (!record) return { kind: 'unfinished' };
  const path = await tools.workshop.locate(record, job.layout);
  if (path === undefined) return { kind: 'missing', path: storedPath(record) };
  const known = await filesOf(record, path, job);
  const files = known ?? (await preparedNow(record, path, job, tools));
  const { media } = record.origin;
  const original = media.picture && { path, container: media.container, stream: media.picture, ...files.table };
  const picture = files.still ?? original;
  return {
    kind: 'ready',
    ...(picture ? { picture } : {}),
    ...(files.sound ? { sound: { path: files.sound } } : {}),
    ...(record.origin.kind === 'generated' ? { recipe: record.origin.recipe } : {}),
  };
}

/** What the exporter needs beside the original; undefined while some of it has not been made. */
async function filesOf(record: TakeRecord, path: string, { layout }: ExportJob) {
  const { picture, sound } = record.facts;
  const prepared = await preparedFiles(record, { path, cacheFolder: layout.cache });
  const frameTable = await readTakeTable(record, layout.cache);
  const still = stillToExport(record, prepared);
  const lacksPicture = picture?.kind === 'moving' ? !frameTable : picture?.kind === 'still' && !still;
  if ((sound && !prepared.sound) || lacksPicture) return undefined;
  return { sound: prepared.sound, still, table: frameTable ? { frameTable } : {} };
}

// An export may be asked for before the import has been indexed: it waits for that then.
async function preparedNow(record: TakeRecord, path: string, job: ExportJob, tools: ExportTools) {
  const hooks = { onActivity: () => {}, onView: () => {}, signal: job.signal };
  const outcome = await tools.workshop.prepare(record, job.layout, hooks);
  const files = outcome.kind === 'done' ? await filesOf(record, path, job) : undefined;
  if (files) return files;
  throw new FailureError(outcome.kind === 'failed' ? outcome.failure : missingOf(record));
}

function missingOf(record: TakeRecord): Failure {
  return { code: 'media-missing', path: storedPath(record), takeId: record.facts.id };
}

function storedPath({ origin }: TakeRecord): string {
  return origin.kind === 'imported' ? origin.file.absolutePath : origin.file;
}
