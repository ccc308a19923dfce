import type { TakeId } from '../../../engine/document/ids.ts';
import type { Picture } from '../compositor/drawn-frame.ts';
import { PictureCache } from './picture-cache.ts';
import { type FromWorker, type PictureFile, type PictureKey, pictureKeyText, type ToWorker } from './protocol.ts';
import { type Urgency, Wishes } from './wishes.ts';

const cacheBytes = 256 << 20;
/**
 * The decoded pictures the player can draw, and the worker that makes them. Owns every picture that arrives; `get`
 * only lends, until the next turn of the event loop.
 */
export class PictureSupply {
  readonly #worker: Worker;
  readonly #cache = new PictureCache<Picture>(cacheBytes);
  #files: ReadonlyMap<TakeId, PictureFile> = new Map();
  readonly #wishes = new Wishes();
  /** What was due when the worker was told last: a scrub shows it even when it has gone on meanwhile. */
  #toldDue: readonly PictureKey[] = [];

  constructor(hooks: { onArrival: () => void; onUnreadable: (takeId: TakeId, reason: string) => void }) {
    this.#worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'picture') this.#take(data);
      else hooks.onUnreadable(data.takeId, data.reason);
      hooks.onArrival();
    });
  }

  /** The files of the takes in the plan. Pictures of a file that changed are let go. */
  setFiles(files: ReadonlyMap<TakeId, PictureFile>): void {
    const changed = [...this.#files].filter(([takeId, { url }]) => files.get(takeId)?.url !== url);
    const added = [...files.keys()].some((takeId) => !this.#files.has(takeId));
    this.#files = files;
    if (changed.length === 0 && !added) return;
    const names = changed.map(([takeId]) => `${takeId} `);
    this.#cache.drop((name) => names.some((prefix) => name.startsWith(prefix)));
    this.#wishes.forget();
    this.#tell({ kind: 'files', files });
  }

  get(key: PictureKey): Picture | undefined {
    return this.#cache.get(pictureKeyText(key));
  }

  /** Sees to it that pictures come, most urgent first, and answers whether the worker was told anew. */
  ask(due: readonly PictureKey[], ahead: readonly PictureKey[], urgency: Urgency, nowMs: number): boolean {
    this.#letGo([...due, ...ahead, ...this.#toldDue]);
    const isMissing = (key: PictureKey) => !this.#cache.has(pictureKeyText(key));
    const [dueNow, later] = [due.filter(isMissing), ahead.filter(isMissing)];
    const isTold = this.#wishes.shouldAsk(dueNow.map(pictureKeyText), later.map(pictureKeyText), urgency, nowMs);
    if (!isTold) return false;
    this.#toldDue = due;
    this.#tell({ kind: 'want', due: dueNow, ahead: later });
    return true;
  }

  dispose(): void {
    this.#worker.terminate();
    this.#cache.drop(() => true);
  }

  #take({ key, url, picture }: Extract<FromWorker, { kind: 'picture' }>): void {
    const name = pictureKeyText(key);
    const isWanted = this.#files.get(key.takeId)?.url === url;
    if (isWanted) this.#cache.put(name, picture, bytesOf(picture));
    else picture.close();
    this.#wishes.arrived(name);
  }

  // A hardware decoder has few pictures to lend and stops when all of them are out: those of an original are given
  // back as soon as nothing near the playhead needs them. A proxy's are decoded in software and may stay.
  #letGo(wanted: readonly PictureKey[]): void {
    const names = new Set(wanted.map(pictureKeyText));
    const isLent = (name: string) => {
      const file = this.#files.get(name.slice(0, name.indexOf(' ')) as TakeId);
      return file?.kind === 'moving' && !file.isProxy;
    };
    this.#cache.drop((name) => isLent(name) && !names.has(name));
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

function bytesOf(picture: Picture): number {
  if (picture instanceof ImageBitmap) return picture.width * picture.height * 4;
  return picture.format ? picture.allocationSize() : picture.codedWidth * picture.codedHeight * 1.5;
}
