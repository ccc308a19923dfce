import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { PictureStream } from '../../engine/contract/take.ts';
import { type Framing, noCrop } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { frames, type Rate, takeFrameAt } from '../../engine/document/time.ts';
import { probeFfmpeg } from '../../engine/export/caps.ts';
import type { PictureFile } from '../../engine/export/export-take.ts';
import { type ExportJob, startExport } from '../../engine/export/start-export.ts';
import { findFfmpeg } from '../../engine/media/ffmpeg/find-ffmpeg.ts';
import type { RenderPlan } from '../../engine/render/plan.ts';
import { atMost, median, tell } from './figures.ts';

// What an export costs beside its two unavoidable parts, decoding the same frames to nothing and encoding the finished
// frames from a raw file, in CPU seconds of the same threads and x264 preset:
//
//     node test/bench/export-bench.ts [--rounds 3] [--threads 2]
//
// Alternating, and the medians, because others use the machine too.
const limit = 1.35;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    // Set by this program for its own child: which film to export, or none.
    film: { type: 'string' },
  },
});
const threads = Number(values.threads);
const delivery = { kind: 'h264', crf: 20, preset: 'veryfast', audioKbps: 192 } as const;
const rate: Rate = { num: 24, den: 1 };
const size = { widthPx: 1920, heightPx: 1080 };
const cutCount = 6;
const cutFrames = 24;
const filmFrames = cutCount * cutFrames;
const sourceFrames = 160;
const sources = ['a', 'b', 'c'];

interface Film {
  readonly name: string;
  /** Whether the promise is about films like it: cut together, some of it with effects. */
  readonly isBound: boolean;
  readonly plan: RenderPlan;
}

const insetAt = 40;

interface Look {
  readonly isBound: boolean;
  readonly baseScale: number;
  /** From `insetAt` on, as many frames have another picture on top, small and see-through. */
  readonly insetFrames: number;
}

/** Cuts of a second each. */
function filmOf(name: string, { baseScale, insetFrames, isBound }: Look): Film {
  const cutsAt = Array.from({ length: cutCount + 1 }, (_, cut) => cut * cutFrames);
  const cuts = [...new Set([...cutsAt, insetAt, insetAt + insetFrames])].sort((a, b) => a - b);
  const layer = (source: string, sourceIn: number, framing: Partial<Framing> = {}) => ({
    takeId: source as TakeId,
    sourceIn: frames(sourceIn),
    framing: { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1, ...framing },
  });
  const spans = cuts.slice(0, -1).map((from, index) => {
    const clip = Math.floor(from / cutFrames);
    const base = layer(sources[clip % sources.length] ?? 'a', ((clip * 47) % 120) + (from % cutFrames), {
      scale: baseScale,
    });
    const hasInset = from >= insetAt && from < insetAt + insetFrames;
    const inset = layer('c', from - insetAt + 80, { scale: 0.35, xPx: 520, yPx: -260, opacity: 0.9 });
    return { in: frames(from), out: frames(cuts[index + 1] ?? from), layers: hasInset ? [base, inset] : [base] };
  });
  const takes = Object.fromEntries(
    sources.map((id) => [
      id,
      {
        id: id as TakeId,
        name: id,
        origin: 'imported' as const,
        picture: { kind: 'moving' as const, rate, frameCount: sourceFrames, ...size },
      },
    ]),
  );
  const plan = { ...size, rate, sampleRateHz: 48000, length: frames(filmFrames), spans, sounds: [], takes };
  return { name, isBound, plan };
}

const films = [
  filmOf('cuts only', { baseScale: 1, insetFrames: 0, isBound: true }),
  filmOf('35 % with an inset', { baseScale: 1, insetFrames: 50, isBound: true }),
  filmOf('every frame scaled', { baseScale: 1.1, insetFrames: 0, isBound: false }),
];

if (values.film === undefined) compare();
else if (values.film !== 'none') await exportHere(films[Number(values.film)]);

/** The run that is measured: one export, in a process of its own. */
async function exportHere(film: Film | undefined): Promise<void> {
  const folder = process.env.BENCH_FOLDER ?? '';
  if (!film) throw new Error('no such film');
  const job: ExportJob = {
    ...{ plan: film.plan, path: join(folder, 'film.mp4'), delivery, threads },
    ...{ unfinished: 'refuse', existing: 'replace' },
    takes: new Map(sources.map((id) => [id as TakeId, { kind: 'ready', picture: pictureOf(folder, id) }])),
    ffmpeg: await probeFfmpeg(findFfmpeg()),
    ...{ temporaryFolder: folder, appVersion: 'bench' },
  };
  const outcome = await startExport(job);
  if (outcome.kind !== 'finished') throw new Error(JSON.stringify(outcome));
}

function compare(): void {
  const folder = mkdtempSync(join(tmpdir(), 'shotloom-bench-'));
  try {
    for (const id of sources) makeSource(folder, id);
    for (const [index, film] of films.entries()) measure(folder, film, index);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure(folder: string, film: Film, index: number): void {
  const env = { ...process.env, BENCH_FOLDER: folder };
  cpuSeconds(self(`${index}`), env); // warms the disk cache, and makes the film whose raw frames are encoded below
  const raw = join(folder, 'raw.yuv');
  ffmpeg(['-i', join(folder, 'film.mp4'), '-f', 'rawvideo', '-pix_fmt', 'yuv420p', raw]);
  const runs = Array.from({ length: Number(values.rounds) }, () => ({
    decode: decodes(folder, film.plan).reduce((sum, args) => sum + cpuSeconds(args, env), 0),
    encode: cpuSeconds(encodeRaw(raw, join(folder, 'encoded.mp4')), env),
    // Less starting Node and loading these modules: the engine has done that.
    export: cpuSeconds(self(`${index}`), env) - cpuSeconds(self('none'), env),
  }));
  const decode = median(runs.map((run) => run.decode));
  const encode = median(runs.map((run) => run.encode));
  const exported = median(runs.map((run) => run.export));
  const ratio = exported / (decode + encode);
  tell({
    what: `export of 1080p, ${film.name}: CPU ÷ (decode + encode)`,
    measured: `${ratio.toFixed(2)} ×`,
    beside: `${exported.toFixed(1)} ÷ (${decode.toFixed(1)} + ${encode.toFixed(1)}) s for ${film.plan.length} frames, ${delivery.preset}`,
    ...(film.isBound ? { bound: atMost(ratio, limit, ' ×') } : {}),
  });
}

/** This program again, to export one film, or none. */
function self(film: string): string[] {
  return [process.execPath, fileURLToPath(import.meta.url), '--film', film, '--threads', `${threads}`];
}

/** Decoding the frames that each clip shows, to nothing; one process a clip, as frames lie apart. */
function decodes(folder: string, plan: RenderPlan): string[][] {
  const clips = new Map<string, { id: string; from: number; count: number }>();
  for (const span of plan.spans) {
    for (const { takeId, sourceIn } of span.layers) {
      const from = takeFrameAt(sourceIn, rate, rate);
      const key = `${takeId} ${from - span.in}`;
      const known = clips.get(key);
      const length = span.out - span.in;
      clips.set(key, known ? { ...known, count: known.count + length } : { id: takeId, from, count: length });
    }
  }
  return [...clips.values()].map(({ id, from, count }) => [
    findFfmpeg(),
    ...[
      '-loglevel',
      'error',
      '-threads',
      `${threads}`,
      '-ss',
      ((from - 0.5) / 24).toFixed(4),
      '-i',
      join(folder, `${id}.mp4`),
    ],
    ...['-frames:v', `${count}`, '-f', 'null', '-'],
  ]);
}

function encodeRaw(raw: string, out: string): string[] {
  return [
    findFfmpeg(),
    ...['-loglevel', 'error', '-y', '-f', 'rawvideo', '-pixel_format', 'yuv420p', '-video_size', '1920x1080'],
    ...['-framerate', '24', '-i', raw, '-c:v', 'libx264', '-preset', delivery.preset, '-crf', `${delivery.crf}`],
    ...['-threads', `${threads}`, out],
  ];
}

// Motion, edges and some grain, as a camera's; one key frame in two seconds.
function makeSource(folder: string, id: string): void {
  const drawing = `testsrc2=s=1920x1080:r=24,hue=h=${sources.indexOf(id) * 110},noise=alls=3:allf=t:all_seed=${id.charCodeAt(0)}`;
  ffmpeg([
    ...['-f', 'lavfi', '-i', `${drawing},scale=out_color_matrix=bt709:out_range=tv,format=yuv420p`],
    ...['-frames:v', `${sourceFrames}`, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-g', '48', '-bf', '2'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    join(folder, `${id}.mp4`),
  ]);
}

function pictureOf(folder: string, id: string): PictureFile {
  const stream: PictureStream = {
    ...{ streamIndex: 0, codec: 'h264', pixelFormat: 'yuv420p', codedWidthPx: 1920, codedHeightPx: 1080 },
    ...{ pixelAspect: { num: 1, den: 1 }, rotationDegrees: 0, isMirrored: false, hasAlpha: false, timing: 'constant' },
    colour: { matrix: 'bt709', range: 'limited', primaries: 'bt709', transfer: 'bt709', isGuessed: false },
  };
  return { path: join(folder, `${id}.mp4`), container: 'mp4', stream };
}

function ffmpeg(args: readonly string[]): void {
  const { status, stderr } = spawnSync(findFfmpeg(), ['-loglevel', 'error', '-y', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** CPU seconds of a program and of everything it started, as the shell's `times` counts them. */
function cpuSeconds(command: readonly string[], env: NodeJS.ProcessEnv): number {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', '"$@" >&2 && times', 'sh', ...command], {
    encoding: 'utf8',
    env,
  });
  if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  // Two lines, the shell's own and its children's; user and system as `1m2.34s`.
  const [user = 0, system = 0] = [...(stdout.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return user + system;
}
