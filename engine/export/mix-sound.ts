import { type FileHandle, open } from 'node:fs/promises';
import { FailureError } from '../contract/failure.ts';
import type { TakeId } from '../document/ids.ts';
import { type Samples, samples } from '../document/time.ts';
import { bytesPerSample, type ConformedSound, headerBytes, readConformedSound } from '../render/conformed-sound.ts';
import type { RenderPlan } from '../render/plan.ts';
import { mixRun, neededSamples, type SoundRun, soundLength, soundRuns } from '../render/sound.ts';
import type { SoundFile } from './export-take.ts';

/** A tenth of a second: short enough never to hold the engine up (1 ms of mixing), long enough to read in one go. */
const blockSamples = 4800;

/** The take's conformed sound, or undefined when it has none: then it is silent. */
export type SoundOf = (takeId: TakeId) => SoundFile | undefined;

/**
 * A film's sound, from its first sample to its last, as interleaved 32-bit float stereo for ffmpeg's `f32le`. Mixed
 * here rather than by an ffmpeg graph: the player mixes with the very same function, the number of clips has no limit,
 * and memory stays at a tenth of a second. Throws a FailureError `media-unreadable` that names the file.
 */
export async function* mixedSound(plan: RenderPlan, soundOf: SoundOf): AsyncGenerator<Uint8Array> {
  const files = new OpenSounds(soundOf);
  const length = soundLength(plan);
  let waiting = soundRuns(plan);
  let sounding: SoundRun[] = [];
  try {
    for (let from = 0; from < length; from += blockSamples) {
      const to = samples(Math.min(from + blockSamples, length));
      const begun = waiting.findIndex((run) => run.in >= to + blockSamples);
      sounding = [...sounding, ...waiting.slice(0, begun < 0 ? undefined : begun)];
      waiting = begun < 0 ? [] : waiting.slice(begun);
      yield await mixedBlock(samples(from), to, sounding, files);
      sounding = sounding.filter((run) => run.out + blockSamples > to);
      await files.closeAllBut(sounding);
    }
  } finally {
    await files.closeAllBut([]);
  }
}

async function mixedBlock(
  from: Samples,
  to: Samples,
  runs: readonly SoundRun[],
  files: OpenSounds,
): Promise<Uint8Array> {
  const block = new Float32Array((to - from) * 2);
  for (const run of runs) {
    const needed = neededSamples(run, from, to);
    const pcm = needed && (await files.read(run.takeId, needed.from, needed.to));
    if (pcm) mixRun(block, from, run, pcm.samples, pcm.from);
  }
  return new Uint8Array(block.buffer);
}

interface OpenSound {
  readonly file: FileHandle;
  readonly path: string;
  readonly sound: ConformedSound;
}

/** The conformed sounds that are being read; owns their handles. */
class OpenSounds {
  readonly #soundOf: SoundOf;
  readonly #open = new Map<TakeId, OpenSound | undefined>();

  constructor(soundOf: SoundOf) {
    this.#soundOf = soundOf;
  }

  async read(takeId: TakeId, from: Samples, to: Samples) {
    const opened = await this.#opened(takeId);
    if (!opened) return undefined;
    const first = samples(Math.max(0, from));
    const end = Math.min(to, opened.sound.length);
    if (end <= first) return undefined;
    const pcm = new Int16Array((end - first) * 2);
    const bytes = new Uint8Array(pcm.buffer);
    const { bytesRead } = await opened.file
      .read(bytes, 0, bytes.length, opened.sound.firstByte + first * bytesPerSample)
      .catch((error: unknown) => unreadable(opened.path, error));
    if (bytesRead < bytes.length) unreadable(opened.path, new Error('it is shorter than its header says'));
    return { samples: pcm, from: first };
  }

  async closeAllBut(runs: readonly SoundRun[]): Promise<void> {
    const wanted = new Set(runs.map((run) => run.takeId));
    for (const [takeId, opened] of this.#open) {
      if (wanted.has(takeId)) continue;
      this.#open.delete(takeId);
      await opened?.file.close();
    }
  }

  async #opened(takeId: TakeId): Promise<OpenSound | undefined> {
    if (!this.#open.has(takeId)) {
      const path = this.#soundOf(takeId)?.path;
      this.#open.set(takeId, path === undefined ? undefined : await openSound(path));
    }
    return this.#open.get(takeId);
  }
}

async function openSound(path: string): Promise<OpenSound> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(size, headerBytes));
    await file.read(head, 0, head.length, 0);
    return { file, path, sound: readConformedSound(head, size) };
  } catch (error) {
    await file?.close();
    return unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new FailureError({ code: 'media-unreadable', path, reason }, { cause });
}
