import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameTable } from '../../engine/contract/frame-table-file.ts';
import type { TakeRecord } from '../../engine/contract/take.ts';
import type { Film } from '../../engine/document/film.ts';
import type { FilmId, GestureId } from '../../engine/document/ids.ts';
import { applyIntent } from '../../engine/document/intent.ts';
import { newFilm } from '../../engine/document/new-film.ts';
import type { Piece } from '../../engine/document/place-takes.ts';
import { takeLength } from '../../engine/document/take-length.ts';
import { frames } from '../../engine/document/time.ts';
import { type FfmpegTool, probeFfmpeg } from '../../engine/export/caps.ts';
import { startExport } from '../../engine/export/start-export.ts';
import { prepareTake } from '../../engine/media/ingest.ts';
import { ffmpegPath } from '../../engine/media/sample-media.ts';
import { readTakeTable, stillToExport, type TakeFiles } from '../../engine/media/take-files.ts';
import { compilePlan, type RenderPlan } from '../../engine/render/plan.ts';
import { ffmpegAlone } from './run-ffmpeg-alone.ts';
import { glanceFilter, glanceSize, hashOf } from './second-opinion.ts';

// A file as the app treats it: imported, prepared for the window, laid on a timeline of its own size and rate, and
// exported by the shipped exporter. Only the encoder differs from a delivery: it is lossless, so that what left the
// compositor can be told to the bit.

export interface InTheApp {
  readonly files: TakeFiles;
  readonly table?: FrameTable;
  readonly film: ExportedFilm;
}

/** A film of the take's beginning, middle and end, or of all of it when it is short. */
export interface ExportedFilm {
  readonly path: string;
  readonly plan: RenderPlan;
  readonly pieces: readonly FilmPiece[];
}

export interface FilmPiece {
  /** In frames of the film, from 0. */
  readonly at: number;
  readonly length: number;
  /** The take's frame that the piece begins with. */
  readonly takeFrame: number;
}

/** Takes a probed file all the way. Throws with the failure's words when a step fails. `scratch` keeps what is made. */
export async function throughTheApp(path: string, record: TakeRecord, scratch: string): Promise<InTheApp> {
  const cacheFolder = join(scratch, 'cache');
  mkdirSync(cacheFolder, { recursive: true });
  const files = await prepareTake(record, { path, cacheFolder, ffmpegPath });
  const table = await readTakeTable(record, cacheFolder);
  const film = await exportTake(path, record, { table, files, scratch });
  return { files, film, ...(table ? { table } : {}) };
}

let tool: Promise<FfmpegTool> | undefined;

/** A file and what was made of it, where an export finds them. */
export interface MadeOfTake {
  readonly table: FrameTable | undefined;
  readonly files: Pick<TakeFiles, 'picture' | 'sound'>;
  /** Keeps the film. */
  readonly scratch: string;
}

/** Exports a take as a film of its own, losslessly. Throws with the failure's words. */
export async function exportTake(path: string, record: TakeRecord, made: MadeOfTake): Promise<ExportedFilm> {
  const { film, pieces } = filmOf(record);
  const [sequence] = film.sequences;
  if (!sequence) throw new Error('a new film has no sequence');
  const plan = compilePlan(film, sequence.id);
  tool ??= probeFfmpeg(ffmpegPath);
  const { media } = record.origin;
  const frameTable = made.table ? { frameTable: made.table } : {};
  const original = media.picture && { path, container: media.container, stream: media.picture, ...frameTable };
  const picture = stillToExport(record, made.files) ?? original;
  const filmPath = join(made.scratch, 'film.mkv');
  const outcome = await startExport({
    plan,
    takes: new Map([
      [
        record.facts.id,
        {
          kind: 'ready',
          ...(picture ? { picture } : {}),
          ...(made.files.sound ? { sound: { path: made.files.sound } } : {}),
        },
      ],
    ]),
    ...{ path: filmPath, delivery: { kind: 'ffv1' }, unfinished: 'refuse', existing: 'refuse' },
    ...{ ffmpeg: await tool, threads: 2, temporaryFolder: made.scratch, appVersion: 'test' },
  });
  if (outcome.kind !== 'finished') throw new Error(`the export ${outcome.kind}: ${JSON.stringify(outcome)}`);
  return { path: filmPath, plan, pieces };
}

/** The longest film that is exported whole, and a piece of a longer one; in frames. */
const [wholeUpTo, pieceLength] = [9, 3];

function filmOf({ facts }: TakeRecord): { readonly film: Film; readonly pieces: readonly FilmPiece[] } {
  const { picture } = facts;
  const rate = picture?.kind === 'moving' ? picture.rate : { num: 24, den: 1 };
  const empty = newFilm({
    ...{ id: 'film' as FilmId, name: 'film', sequenceName: 'film', rate },
    ...{ widthPx: picture?.widthPx ?? 64, heightPx: picture?.heightPx ?? 64 },
    trackNames: { v2: 'V2', v1: 'V1', a1: 'A1', a2: 'A2' },
  });
  const length = takeLength(facts, rate);
  const pieces = piecesOf(length === 'endless' ? pieceLength : length);
  const [sequence] = empty.sequences;
  const track = (kind: 'video' | 'audio') => sequence?.tracks.find((each) => each.kind === kind)?.id;
  const [videoTrackId, audioTrackId] = [track('video'), track('audio')];
  if (!sequence || !videoTrackId || !audioTrackId) throw new Error('a new film has no tracks');
  const placed = pieces.map(
    (piece): Piece => ({
      ...{ take: facts, sourceIn: frames(piece.takeFrame), length: frames(piece.length) },
      ...(facts.picture ? { videoTrackId } : {}),
      ...(facts.sound ? { audioTrackId } : {}),
    }),
  );
  const gesture = 'gesture' as GestureId;
  const intent = {
    kind: 'place',
    gesture,
    sequenceId: sequence.id,
    at: frames(0),
    mode: 'overwrite',
    pieces: placed,
  } as const;
  const result = applyIntent(empty, intent);
  if (result.kind !== 'edited') throw new Error(`the timeline refused it: ${result.refusal.code}`);
  return { film: result.film, pieces };
}

function piecesOf(length: number): FilmPiece[] {
  if (length <= wholeUpTo) return [{ at: 0, length, takeFrame: 0 }];
  const starts = [0, Math.floor(length / 2) - 1, length - pieceLength];
  return starts.map((takeFrame, index) => ({ at: index * pieceLength, length: pieceLength, takeFrame }));
}

/** SHA-256 of the film's pictures that show these frames of the take: planar G'B'R', as they were composed. */
export async function hashesOf(
  film: ExportedFilm,
  takeFrames: readonly number[],
  frameBytes: number,
): Promise<string[]> {
  const picked = await framesOfFile(film.path, filmFrames(film, takeFrames), 'format=gbrp');
  return takeFrames.map((_, index) => hashOf(picked.subarray(index * frameBytes, (index + 1) * frameBytes)));
}

/** Where the film shows frames of the take. */
export function filmFrames({ pieces }: ExportedFilm, takeFrames: readonly number[]): number[] {
  return takeFrames.map((frame) => {
    const piece = pieces.find(({ takeFrame, length }) => frame >= takeFrame && frame < takeFrame + length);
    if (!piece) throw new Error(`frame ${frame} is not in the film`);
    return piece.at + frame - piece.takeFrame;
  });
}

/** Frames of a proxy, or of another upright file of ours, small: R'G'B' of `glanceSize`. */
export async function glancesAt(path: string, wanted: readonly number[]): Promise<Uint8Array[]> {
  const bytes = await framesOfFile(path, wanted, `${glanceFilter},format=rgb24`);
  const length = glanceSize.widthPx * glanceSize.heightPx * 3;
  return wanted.map((_, index) => bytes.subarray(index * length, (index + 1) * length));
}

/** Pictures of a film, R'G'B'. */
export async function rgbOfFilm({ path, plan }: ExportedFilm, wanted: readonly number[]): Promise<Uint8Array[]> {
  const bytes = await framesOfFile(path, wanted, 'format=rgb24');
  const length = plan.widthPx * plan.heightPx * 3;
  return wanted.map((_, index) => bytes.subarray(index * length, (index + 1) * length));
}

async function framesOfFile(path: string, wanted: readonly number[], filters: string): Promise<Buffer> {
  const only = `select='${wanted.map((frame) => `eq(n,${frame})`).join('+')}'`;
  const args = ['-i', `file:${path}`, '-vf', `${only},${filters}`, '-fps_mode', 'passthrough'];
  return (await ffmpegAlone([...args, '-f', 'rawvideo', 'pipe:1'])).stdout;
}

/** The sound of a lossless film or of a conformed sound: 48 kHz, left and right in turn. */
export async function samplesOf(path: string): Promise<Int16Array> {
  const { stdout } = await ffmpegAlone(['-i', `file:${path}`, '-map', '0:a:0', '-f', 's16le', 'pipe:1']);
  return new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~3)));
}
