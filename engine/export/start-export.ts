import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ExportRequest } from '../contract/export.ts';
import { type Failure, FailureError } from '../contract/failure.ts';
import type { TakeId } from '../document/ids.ts';
import { beginFile, type PendingFile } from '../media/pending-file.ts';
import { asFileFailure, writeFileAtomically } from '../project/atomic-file.ts';
import type { RenderPlan } from '../render/plan.ts';
import { soundLength, soundRateHz } from '../render/sound.ts';
import type { FfmpegTool } from './caps.ts';
import type { Delivery } from './delivery.ts';
import { expectFreeDestination } from './destination.ts';
import { type ExportProgress, progressMeter } from './export-progress.ts';
import type { ExportTake } from './export-take.ts';
import { pictureOf } from './pieces.ts';
import { digitalSourceTypeUrl, type FilmProvenance, provenanceOf, sidecarText, xmpPacket } from './provenance.ts';
import { renderFilm } from './render-film.ts';
import { verifyFilm } from './verify-film.ts';
import { appendXmp } from './xmp-box.ts';

export interface ExportJob {
  readonly plan: RenderPlan;
  /** Every take the plan names; one that is missing here counts as unfinished. */
  readonly takes: ReadonlyMap<TakeId, ExportTake>;
  /** Where the finished film goes. An older file there that may be replaced is so at the very end, or not at all. */
  readonly path: string;
  readonly delivery: Delivery;
  readonly unfinished: ExportRequest['unfinished'];
  readonly existing: ExportRequest['existing'];
  readonly ffmpeg: FfmpegTool;
  /** For decoding, filtering and encoding each. */
  readonly threads: number;
  /** An existing folder for what is made on the way; nothing of it remains. */
  readonly temporaryFolder: string;
  readonly appVersion: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
}

export type ExportOutcome =
  | { readonly kind: 'finished'; readonly path: string; readonly frameCount: number; readonly fileBytes: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** What an export request asks to be written. */
export function deliveryOf({ crf, preset, audioKbps }: ExportRequest): Delivery {
  return { kind: 'h264', crf, preset, audioKbps };
}

/** Where the provenance of a film lies. */
export function sidecarPath(filmPath: string): string {
  return `${filmPath}.provenance.json`;
}

/**
 * Exports a film. It appears under its name only when it is whole, has been read back and has exactly the plan's
 * frames; when it shows generated pictures it carries their label, and a `.provenance.json` lies beside it.
 *
 * Fails with `nothing-to-export`, `unfinished-takes`, `media-missing`, `media-unreadable`, `file-exists`,
 * `folder-missing`, `disk-full`, `not-writable`, `ffmpeg-missing` or `ffmpeg-failed`; whatever happens, no half file,
 * process or temporary file stays behind. Throws only what is a fault of ours.
 */
export async function startExport(job: ExportJob): Promise<ExportOutcome> {
  try {
    const failure = whyNot(job);
    if (failure) return { kind: 'failed', failure };
    return await exportBeside(job);
  } catch (error) {
    if (job.signal?.aborted) return { kind: 'cancelled' };
    // What is read on the way says its own name when it fails; any other file is the film.
    const told = asFileFailure(error, job.path);
    if (told instanceof FailureError) return { kind: 'failed', failure: told.failure };
    throw error;
  }
}

function whyNot({ plan, takes, unfinished }: ExportJob): Failure | undefined {
  if (plan.length === 0) return { code: 'nothing-to-export' };
  const shown = new Set([...plan.spans.flatMap((span) => span.layers), ...plan.sounds].map(({ takeId }) => takeId));
  const states = [...shown].map((takeId) => ({ takeId, take: takes.get(takeId) }));
  for (const { takeId, take } of states) {
    if (take?.kind === 'missing') return { code: 'media-missing', path: take.path, takeId };
  }
  const waiting = states.filter(({ take }) => take === undefined || take.kind === 'unfinished').length;
  return waiting > 0 && unfinished === 'refuse' ? { code: 'unfinished-takes', count: waiting } : undefined;
}

async function exportBeside(job: ExportJob): Promise<ExportOutcome> {
  await expectFreeDestination(job.path, job.existing);
  const pending = await beginFile(job.path);
  const folder = await makeTemporaryFolder(job.temporaryFolder);
  try {
    // Found out now rather than after an hour of rendering.
    await (await open(pending.path, 'w')).close();
    return await exportInto(job, pending, folder);
  } finally {
    await pending.discard();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Named as what a crash may leave behind, and what is swept then. */
async function makeTemporaryFolder(parent: string): Promise<string> {
  try {
    const folder = join(parent, `export-${randomUUID()}.pending`);
    await mkdir(folder);
    return folder;
  } catch (error) {
    throw asFileFailure(error, parent);
  }
}

async function exportInto(job: ExportJob, pending: PendingFile, folder: string): Promise<ExportOutcome> {
  const { plan, takes, delivery, ffmpeg, signal } = job;
  const provenance = provenanceOf(plan, takes);
  const meter = progressMeter(plan.length, job.onProgress);
  await renderFilm(ffmpeg, {
    ...{ plan, delivery, signal, threads: job.threads, finalPath: job.path, outPath: pending.path },
    picture: pictureOf(takes),
    sound: (takeId) => soundOf(takes.get(takeId)),
    metadata: provenance ? { comment: digitalSourceTypeUrl(provenance.digitalSourceType) } : {},
    folder,
    onFrames: meter.framesDone,
  });
  if (provenance && delivery.kind === 'h264') await appendXmp(pending.path, xmpPacket(provenance, job.appVersion));
  const expected = { frameCount: plan.length, sound: soundLength(plan), soundRateHz };
  const { frameCount } = await verifyFilm(ffmpeg, pending.path, expected, signal);
  const { size } = await stat(pending.path);
  signal?.throwIfAborted();
  await expectFreeDestination(job.path, job.existing); // somebody may have put a file there while this one was made
  await writeSidecar(job, pending.path, provenance);
  await pending.commit();
  meter.finished();
  return { kind: 'finished', path: job.path, frameCount, fileBytes: size };
}

// Before the film, so that no labelled film is ever without it. One of an earlier film of this name would be a lie.
async function writeSidecar(job: ExportJob, filmPath: string, provenance: FilmProvenance | undefined): Promise<void> {
  const { plan, appVersion } = job;
  if (!provenance) return rm(sidecarPath(job.path), { force: true });
  const facts = { rate: plan.rate, frameCount: plan.length, appVersion, createdAt: new Date() };
  const sha256 = await sha256Of(filmPath);
  const text = sidecarText(provenance, { ...facts, sha256, fileName: basename(job.path) });
  await writeFileAtomically(sidecarPath(job.path), text);
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}

function soundOf(take: ExportTake | undefined) {
  return take?.kind === 'ready' ? take.sound : undefined;
}
