import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { PackSummary } from '../contract/generation.ts';
import { isNearShape, shotSize } from '../contract/shot-size.ts';
import { type ShotRequest, shotRequestSchema, type TakeRecord } from '../contract/take.ts';
import type { Film, TakeFacts } from '../document/film.ts';
import type { FilmId, GestureId, SequenceId, TakeId, TrackId } from '../document/ids.ts';
import { applyIntent } from '../document/intent.ts';
import { newFilm } from '../document/new-film.ts';
import { takeLength } from '../document/take-length.ts';
import { framesPerSecond, noFrames } from '../document/time.ts';
import { expectFreeDestination } from '../export/destination.ts';
import { type ExportJob, startExport } from '../export/start-export.ts';
import type { OpenWorkshop } from '../host/open-workshop.ts';
import { appVersion } from '../host/version.ts';
import { beginFile } from '../media/pending-file.ts';
import { asFileFailure } from '../project/atomic-file.ts';
import { layoutOf, type ProjectPlaces } from '../project/layout.ts';
import { compilePlan } from '../render/plan.ts';
import {
  type Call,
  Cancelled,
  type Command,
  CommandFailed,
  provenanceNote,
  requiredOption,
  UsageError,
  wholeNumber,
} from './command.ts';
import { progressLine } from './progress-line.ts';
import { withWorkshop } from './with-workshop.ts';

export const generate: Command = {
  name: 'generate',
  takes: '--prompt TEXT --out FILE',
  summary: 'make a shot and write it to a file, without a project',
  options: [
    { name: 'prompt', value: 'TEXT', summary: 'what is to be seen, in English or Chinese' },
    { name: 'seconds', value: 'S', summary: 'how long; default: as long as the pack likes best' },
    { name: 'aspect', value: 'W:H', summary: 'shape, as 16:9; the nearest the pack makes; default: the pack’s' },
    {
      name: 'seed',
      value: 'N',
      summary: '0 to 4294967295; the same seed makes the same shot; default: random, and printed',
    },
    { name: 'steps', value: 'N', summary: 'sampler steps; default: the pack’s' },
    { name: 'pack', value: 'ID', summary: 'the model pack; default: the built-in one' },
    {
      name: 'out',
      value: 'FILE',
      summary: '.mp4 (H.264, nearly lossless) or .mkv (FFV1, lossless), in a folder that is there',
    },
    { name: 'force', summary: 'replace the file when there is one already; without it nothing is replaced' },
  ],
  notes: [provenanceNote],
  examples: [
    'generate --prompt "a red boat drifts past the moon at night" --seconds 1 --out boat.mp4',
    'generate --prompt "日落时分，沙漠，一只黄色的猫向左移动" --seed 7 --out cat.mkv --json',
  ],
  run: (call) =>
    withWorkshop(async (tools) => {
      const path = resolve(requiredOption(call, 'out'));
      const delivery = deliveryFor(path);
      const pack = await packFor(tools, call);
      const request = requestFrom(call, pack);
      const existing = call.isOn('force') ? 'replace' : 'refuse';
      await expectWritable(path, existing);
      const folder = await mkdtemp(join(tmpdir(), 'shotloom-shot-'));
      try {
        const layout = { ...layoutOf(folder), cache: join(folder, 'cache') };
        const record = await makeShot(tools, layout, pack, request, call);
        await writeShot(tools, layout, record, { path, existing, delivery }, call);
        const { facts } = record;
        return {
          value: { path, seed: request.seed, request, frameCount: request.frameCount, facts },
          lines: [path, `seed ${request.seed}`],
        };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
};

/** Where a shot goes, as what, and what becomes of a file that is there. */
type Destination = Pick<ExportJob, 'path' | 'delivery' | 'existing'>;

function deliveryFor(path: string): Destination['delivery'] {
  switch (extname(path).toLowerCase()) {
    case '.mp4':
      return { kind: 'h264', crf: 12, preset: 'medium', audioKbps: 192 };
    case '.mkv':
      return { kind: 'ffv1' };
    default:
      throw new UsageError(`--out takes a name that ends in .mp4 or .mkv, not "${path}"`);
  }
}

/** Finds out now, and not after minutes of computing, that a file cannot be written. Throws a FailureError. */
async function expectWritable(path: string, existing: Destination['existing']): Promise<void> {
  await expectFreeDestination(path, existing);
  const pending = await beginFile(path);
  try {
    await writeFile(pending.path, '');
  } catch (error) {
    throw asFileFailure(error, path);
  } finally {
    await pending.discard();
  }
}

async function packFor({ packs }: OpenWorkshop, call: Call): Promise<PackSummary> {
  const summaries = await packs.summaries();
  const id = call.option('pack');
  const pack = id === undefined ? summaries[0] : summaries.find((each) => each.id === id);
  if (pack) return pack;
  // One that lies there and cannot be used is told as that, not as missing.
  const refusals = (await packs.catalogue()).refused.map(({ failure }) => failure);
  const refusal = refusals.find((failure) => id === undefined || ('packId' in failure && failure.packId === id));
  if (refusal) throw new CommandFailed(refusal);
  throw new UsageError(id === undefined ? 'there is no model pack on this machine' : `there is no pack "${id}"`);
}

function requestFrom(call: Call, pack: PackSummary): ShotRequest {
  const prompt = requiredOption(call, 'prompt');
  const size = sizeFor(call.option('aspect'), pack);
  const request = shotRequestSchema.safeParse({
    task: 'text',
    prompt,
    packId: pack.id,
    frameCount: frameCountFor(call, pack),
    ...size,
    seed: wholeNumber(call, 'seed', 0, 0xffffffff) ?? randomInt(2 ** 32),
    steps: wholeNumber(call, 'steps', 1, 200) ?? pack.defaults.steps,
    guidanceScale: pack.defaults.guidanceScale,
  });
  if (request.success) return request.data;
  throw new UsageError(`--${request.error.issues[0]?.path.join('.')}: ${request.error.issues[0]?.message}`);
}

function frameCountFor(call: Call, { frameCounts, rate, defaults }: PackSummary): number {
  const text = call.option('seconds');
  if (text === undefined) return defaults.frameCount;
  const count = Math.round(Number(text) * framesPerSecond(rate));
  if (count >= frameCounts.min && count <= frameCounts.max) return count;
  const longest = (frameCounts.max / framesPerSecond(rate)).toFixed(1);
  throw new UsageError(`--seconds takes up to ${longest} with this pack, not "${text}"`);
}

function sizeFor(aspect: string | undefined, { sizes }: PackSummary) {
  const [best] = sizes;
  if (aspect === undefined && best) return best;
  const [, width = '', height = ''] = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(aspect ?? '') ?? [];
  const shape = { widthPx: Number(width), heightPx: Number(height) };
  if (!(shape.widthPx / shape.heightPx > 0)) throw new UsageError(`--aspect takes a shape as 16:9, not "${aspect}"`);
  const size = shotSize(sizes, shape);
  if (isNearShape(size, shape)) return size;
  const made = sizes.map(({ widthPx, heightPx }) => `${widthPx}×${heightPx}`).join(', ');
  throw new UsageError(`this pack makes no shape near ${aspect}: it makes ${made}`);
}

async function makeShot(
  { workshop }: OpenWorkshop,
  layout: ProjectPlaces,
  pack: PackSummary,
  request: ShotRequest,
  call: Call,
): Promise<TakeRecord> {
  const { frameCount, widthPx, heightPx, prompt } = request;
  const facts: TakeFacts = {
    id: `take-${randomUUID()}` as TakeId,
    name: prompt,
    origin: 'generated',
    picture: { kind: 'moving', rate: pack.rate, frameCount, widthPx, heightPx },
  };
  const order = {
    version: 1,
    facts,
    request,
    destination: 'bin',
    orderedAt: new Date().toISOString(),
    status: { kind: 'waiting' },
  } as const;
  const made = await workshop.makeShot(
    order,
    layout,
    (progress) => call.progress(progressLine({ kind: 'running', ...progress })),
    call.signal,
  );
  if (made.kind === 'made') return made.record;
  if (made.kind === 'failed') throw new CommandFailed(made.failure);
  throw new Cancelled();
}

/** Writes the take by the exporter, at its own size and rate, so that the file carries its label as every film does. */
async function writeShot(
  { ffmpegTool }: OpenWorkshop,
  layout: ProjectPlaces,
  record: TakeRecord,
  destination: Destination,
  call: Call,
): Promise<void> {
  const { origin, facts } = record;
  if (origin.kind !== 'generated' || !origin.media.picture) throw new Error('a shot is a generated picture');
  const film = filmOf(facts);
  const outcome = await startExport({
    plan: compilePlan(film, sequenceId),
    takes: new Map([
      [
        facts.id,
        {
          kind: 'ready',
          picture: {
            path: join(layout.take(facts.id), origin.file),
            container: origin.media.container,
            stream: origin.media.picture,
          },
          recipe: origin.recipe,
        },
      ],
    ]),
    ...destination,
    unfinished: 'refuse',
    ffmpeg: await ffmpegTool(),
    threads: cpus().length,
    temporaryFolder: layout.folder,
    appVersion,
    signal: call.signal,
  });
  if (outcome.kind === 'failed') throw new CommandFailed(outcome.failure);
  if (outcome.kind === 'cancelled') throw new Cancelled();
}

const sequenceId = 'sequence-1' as SequenceId;

function filmOf(take: TakeFacts): Film {
  const { picture } = take;
  if (picture?.kind !== 'moving') throw new Error('a shot is a moving picture');
  const { rate, widthPx, heightPx } = picture;
  const trackNames = { v2: '', v1: '', a1: '', a2: '' };
  const empty = newFilm({
    id: 'film-shot' as FilmId,
    name: take.name,
    sequenceName: '',
    rate,
    widthPx,
    heightPx,
    trackNames,
  });
  const length = takeLength(take, rate);
  const placed = applyIntent(empty, {
    kind: 'place',
    gesture: 'gesture-shot' as GestureId,
    sequenceId,
    at: noFrames,
    mode: 'overwrite',
    pieces: [
      { take, sourceIn: noFrames, length: length === 'endless' ? noFrames : length, videoTrackId: 'v1' as TrackId },
    ],
  });
  if (placed.kind === 'refused') throw new Error(placed.refusal.code);
  return placed.film;
}
