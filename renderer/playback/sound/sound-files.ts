import type { TakeId } from '../../../engine/document/ids.ts';
import { type Samples, samples } from '../../../engine/document/time.ts';
import {
  bytesPerSample,
  type ConformedSound,
  headerBytes,
  readConformedSound,
} from '../../../engine/render/conformed-sound.ts';
import { neededSamples, type SoundRun, soundRateHz } from '../../../engine/render/sound.ts';
import type { PcmOf } from './sound-blocks.ts';

/** Sound is fetched in pieces of two seconds, 384 KB, so that a piece is one request and a scrub wastes little. */
const pieceSamples = 2 * soundRateHz;
/** The pieces kept, the longest unused dropped: 24 MB, two minutes of sound. */
const keptPieces = 64;

interface SoundFile {
  readonly url: string;
  readonly opened: Promise<ConformedSound>;
  header: ConformedSound | undefined;
}

/** The conformed sounds of takes, fetched by byte ranges as they are about to be needed. */
export class SoundFiles {
  readonly #onUnreadable: (takeId: TakeId, reason: string) => void;
  readonly #files = new Map<TakeId, SoundFile>();
  readonly #pieces = new Map<string, Int16Array | 'fetching'>();
  #gone = new AbortController();

  constructor(onUnreadable: (takeId: TakeId, reason: string) => void) {
    this.#onUnreadable = onUnreadable;
  }

  /** Where takes' sounds are read from now on; a take without an address is silent. */
  setFiles(urls: ReadonlyMap<TakeId, string>): void {
    for (const [takeId, file] of this.#files) if (urls.get(takeId) !== file.url) this.#forget(takeId);
    for (const [takeId, url] of urls) {
      if (this.#files.has(takeId)) continue;
      const file: SoundFile = { url, opened: this.#readHeader(url), header: undefined };
      this.#files.set(takeId, file);
      file.opened.then(
        (header) => {
          file.header = header;
        },
        (error: unknown) => this.#fail(takeId, file, error),
      );
    }
  }

  /** Begins to fetch what a stretch of the sequence needs and is not here yet. Resolves when it has come, or failed. */
  async fetch(runs: readonly SoundRun[], from: Samples, to: Samples): Promise<void> {
    const fetching: Promise<void>[] = [];
    for (const run of runs) {
      const needed = neededSamples(run, from, to);
      const file = this.#files.get(run.takeId);
      if (needed && needed.to > 0 && file) fetching.push(this.#fetchSamples(run.takeId, file, needed.from, needed.to));
    }
    await Promise.allSettled(fetching);
  }

  /** Samples of a take that have been fetched; see `PcmOf`. */
  readonly pcmOf: PcmOf = (takeId, from, to) => {
    const file = this.#files.get(takeId);
    if (!file) return 'silent';
    if (!file.header) return 'waiting';
    const end = Math.min(to, file.header.length);
    if (end <= from) return 'silent';
    const pcm = new Int16Array((end - from) * 2);
    for (let piece = pieceOf(from); piece * pieceSamples < end; piece++) {
      const found = this.#pieces.get(pieceName(file.url, piece));
      if (found === undefined || found === 'fetching') return 'waiting';
      const first = Math.max(from, piece * pieceSamples);
      const last = Math.min(end, (piece + 1) * pieceSamples);
      const offset = piece * pieceSamples;
      pcm.set(found.subarray((first - offset) * 2, (last - offset) * 2), (first - from) * 2);
    }
    return { samples: pcm, from };
  };

  dispose(): void {
    this.#gone.abort();
    this.#files.clear();
    this.#pieces.clear();
  }

  async #readHeader(url: string): Promise<ConformedSound> {
    const { bytes, fileBytes } = await this.#fetchBytes(url, 0, headerBytes);
    return readConformedSound(bytes, fileBytes);
  }

  async #fetchSamples(takeId: TakeId, file: SoundFile, from: Samples, to: Samples): Promise<void> {
    const header = await file.opened;
    const end = Math.min(to, header.length);
    const pieces: Promise<void>[] = [];
    for (let piece = pieceOf(Math.max(0, from)); piece * pieceSamples < end; piece++) {
      pieces.push(this.#fetchPiece(takeId, file, header, piece));
    }
    await Promise.all(pieces);
  }

  async #fetchPiece(takeId: TakeId, file: SoundFile, header: ConformedSound, piece: number): Promise<void> {
    const name = pieceName(file.url, piece);
    const known = this.#pieces.get(name);
    if (known !== undefined) {
      this.#pieces.delete(name);
      this.#pieces.set(name, known);
      return;
    }
    this.#pieces.set(name, 'fetching');
    const from = piece * pieceSamples;
    const length = samples(Math.min(pieceSamples, header.length - from));
    try {
      const at = header.firstByte + from * bytesPerSample;
      const { bytes } = await this.#fetchBytes(file.url, at, length * bytesPerSample);
      this.#pieces.set(name, new Int16Array(bytes.buffer, 0, bytes.length >> 1));
      for (const oldest of this.#pieces.keys()) {
        if (this.#pieces.size <= keptPieces) break;
        this.#pieces.delete(oldest);
      }
    } catch (error) {
      this.#pieces.delete(name);
      this.#fail(takeId, file, error);
    }
  }

  async #fetchBytes(url: string, from: number, length: number) {
    const headers = { Range: `bytes=${from}-${from + length - 1}` };
    const response = await fetch(url, { headers, signal: this.#gone.signal });
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    // A host that knows no ranges answers with the whole file.
    if (response.status === 200) return { bytes: bytes.slice(from, from + length), fileBytes: bytes.length };
    const total = Number(response.headers.get('Content-Range')?.split('/')[1]);
    return { bytes, fileBytes: Number.isFinite(total) ? total : Number.MAX_SAFE_INTEGER };
  }

  #fail(takeId: TakeId, file: SoundFile, error: unknown): void {
    if (this.#gone.signal.aborted || this.#files.get(takeId) !== file) return;
    this.#forget(takeId);
    this.#onUnreadable(takeId, error instanceof Error ? error.message : String(error));
  }

  #forget(takeId: TakeId): void {
    const file = this.#files.get(takeId);
    this.#files.delete(takeId);
    for (const name of [...this.#pieces.keys()]) if (file && name.startsWith(`${file.url} `)) this.#pieces.delete(name);
  }
}

function pieceOf(sample: number): number {
  return Math.floor(sample / pieceSamples);
}

function pieceName(url: string, piece: number): string {
  return `${url} ${piece}`;
}
