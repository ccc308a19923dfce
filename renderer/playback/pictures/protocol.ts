import type { TakeId } from '../../../engine/document/ids.ts';
import type { Frames, Rate } from '../../../engine/document/time.ts';
import type { Picture } from '../compositor/drawn-frame.ts';

// What the player and its decode worker say to each other. Both are of one build, so nothing is parsed.

/** Where and how a take's pictures are read. */
export type PictureFile =
  | { readonly kind: 'still'; readonly url: string }
  | {
      readonly kind: 'moving';
      readonly url: string;
      /** The take's rate and length. */
      readonly rate: Rate;
      readonly frameCount: number;
      /** Says when each frame is shown; without one, frame n is n / rate after the first. */
      readonly frameTableUrl?: string;
      /** Short groups of pictures (a proxy): decoded for latency rather than throughput. */
      readonly isProxy: boolean;
    };

/** One picture of a take: of a still, frame 0. */
export interface PictureKey {
  readonly takeId: TakeId;
  readonly frame: Frames;
}

export type ToWorker =
  /** The files of takes from now on. A take whose file changed or is gone is closed. */
  | { readonly kind: 'files'; readonly files: ReadonlyMap<TakeId, PictureFile> }
  /** What to decode now, most urgent first. Replaces whatever was wanted before: stale wishes are dropped. */
  | { readonly kind: 'want'; readonly due: readonly PictureKey[]; readonly ahead: readonly PictureKey[] };

export type FromWorker =
  /** Transferred: it is the receiver's to close. `url` is the file it came from, which may no longer be the take's. */
  | { readonly kind: 'picture'; readonly key: PictureKey; readonly url: string; readonly picture: Picture }
  | { readonly kind: 'unreadable'; readonly takeId: TakeId; readonly reason: string };

export function pictureKeyText({ takeId, frame }: PictureKey): string {
  return `${takeId} ${frame}`;
}
