import type { TakeId } from '../../../engine/document/ids.ts';
import type { Frames } from '../../../engine/document/time.ts';
import type { Picture } from '../compositor/drawn-frame.ts';
import type { PictureReader } from './picture-reader.ts';
import type { PictureFile, PictureKey } from './protocol.ts';

export interface DecodeQueueHooks {
  readonly open: (file: PictureFile) => Promise<PictureReader>;
  /** Takes the picture over. */
  readonly onPicture: (key: PictureKey, picture: Picture, file: PictureFile) => void;
  readonly onUnreadable: (takeId: TakeId, reason: string) => void;
}

/** Files kept open at once: each holds a decoder and a few pictures decoded ahead. */
const openLimit = 6;

interface OpenFile {
  readonly reader: Promise<PictureReader>;
  /** Ends when the last read that was begun has ended; reads of one file do not overlap. */
  reading: Promise<void>;
}

/**
 * Decodes what is wanted now and nothing else. A new wish replaces the one before: its work stops at the next picture,
 * and a decoder that is already on the way to what is wanted simply goes on. Files are read side by side.
 */
export class DecodeQueue {
  readonly #hooks: DecodeQueueHooks;
  #files: ReadonlyMap<TakeId, PictureFile> = new Map();
  readonly #open = new Map<TakeId, OpenFile>();
  #wish = new AbortController();

  constructor(hooks: DecodeQueueHooks) {
    this.#hooks = hooks;
  }

  /** The files of takes from now on. One whose address changed, or that is gone, is closed. */
  setFiles(files: ReadonlyMap<TakeId, PictureFile>): void {
    const before = this.#files;
    this.#files = files;
    for (const takeId of [...this.#open.keys()]) {
      if (files.get(takeId)?.url !== before.get(takeId)?.url) this.#close(takeId);
    }
  }

  /** Decodes `due` first, then `ahead`; what lies in a due picture's way is decoded with it. Ends when all is done. */
  async want(due: readonly PictureKey[], ahead: readonly PictureKey[]): Promise<void> {
    this.#wish.abort();
    this.#wish = new AbortController();
    const { signal } = this.#wish;
    const later = framesByTake(ahead);
    const first = new Map<TakeId, readonly Frames[]>();
    for (const [takeId, frames] of framesByTake(due)) {
      const last = frames.at(-1) ?? 0;
      const others = later.get(takeId) ?? [];
      first.set(takeId, rising([...frames, ...others.filter((frame) => frame < last)]));
      later.set(
        takeId,
        others.filter((frame) => frame > last),
      );
    }
    await this.#readAll(first, signal);
    await this.#readAll(later, signal);
  }

  async close(): Promise<void> {
    this.#wish.abort();
    const closing = [...this.#open.keys()].map((takeId) => this.#close(takeId));
    await Promise.all(closing);
  }

  async #readAll(wanted: ReadonlyMap<TakeId, readonly Frames[]>, signal: AbortSignal): Promise<void> {
    await Promise.all([...wanted].map(([takeId, frames]) => this.#read(takeId, frames, signal)));
  }

  async #read(takeId: TakeId, wanted: readonly Frames[], signal: AbortSignal): Promise<void> {
    const file = this.#files.get(takeId);
    if (!file || wanted.length === 0 || signal.aborted) return;
    const open = this.#opened(takeId, file);
    const read = open.reading.then(async () => {
      if (signal.aborted) return;
      const reader = await open.reader;
      await reader.read(wanted, (frame, picture) => this.#hooks.onPicture({ takeId, frame }, picture, file), signal);
    });
    open.reading = read.catch(() => {});
    try {
      await read;
    } catch (error) {
      // The file may have been taken away meanwhile, which is no fault of its own.
      if (this.#open.get(takeId) !== open) return;
      this.#close(takeId);
      this.#hooks.onUnreadable(takeId, error instanceof Error ? error.message : String(error));
    }
  }

  #opened(takeId: TakeId, file: PictureFile): OpenFile {
    const known = this.#open.get(takeId);
    this.#open.delete(takeId);
    const open = known ?? { reader: this.#hooks.open(file), reading: Promise.resolve() };
    this.#open.set(takeId, open); // the longest unused is now the first
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= openLimit) break;
      this.#close(oldest);
    }
    return open;
  }

  async #close(takeId: TakeId): Promise<void> {
    const open = this.#open.get(takeId);
    this.#open.delete(takeId);
    await open?.reading;
    const reader = await open?.reader.catch(() => undefined);
    await reader?.close();
  }
}

function framesByTake(keys: readonly PictureKey[]): Map<TakeId, readonly Frames[]> {
  const byTake = new Map<TakeId, readonly Frames[]>();
  for (const { takeId, frame } of keys) byTake.set(takeId, [...(byTake.get(takeId) ?? []), frame]);
  for (const [takeId, frames] of byTake) byTake.set(takeId, rising(frames));
  return byTake;
}

function rising(frames: readonly Frames[]): readonly Frames[] {
  return [...new Set(frames)].sort((a, b) => a - b);
}
