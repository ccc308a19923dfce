import type { MediaId } from '../../engine/contract/ids.ts';
import { type Peaks, readPeaks } from '../../engine/contract/peaks-file.ts';

/** Pictures and peaks that the engine made of takes, read once and kept for whoever paints them. */
export interface MediaFiles {
  /** The picture, once it is decoded; asking for it starts that. */
  picture(media: MediaId): ImageBitmap | undefined;
  peaks(media: MediaId): Peaks | undefined;
  /** Hears of everything that arrives. Returns how to stop listening. */
  onArrival(listener: () => void): () => void;
  dispose(): void;
}

const mostPictures = 400;

export function createMediaFiles(mediaUrl: (media: MediaId) => string): MediaFiles {
  const pictures = new Map<MediaId, ImageBitmap | 'coming' | 'missing'>();
  const peaks = new Map<MediaId, Peaks | 'coming' | 'missing'>();
  const listeners = new Set<() => void>();
  const leaving = new AbortController();

  const load = async <T>(
    cache: Map<MediaId, T | 'coming' | 'missing'>,
    media: MediaId,
    read: (response: Response) => Promise<T>,
  ) => {
    cache.set(media, 'coming');
    try {
      const response = await fetch(mediaUrl(media), { signal: leaving.signal });
      if (!response.ok) throw new Error(`/media/${media} was answered ${response.status}`);
      cache.set(media, await read(response));
    } catch {
      cache.set(media, 'missing'); // painted without: a clip is never hidden because its pictures are gone
    }
    for (const listener of listeners) listener();
  };

  return {
    picture: (media) => {
      const found = pictures.get(media);
      if (found === undefined) {
        makeRoom(pictures);
        void load(pictures, media, async (response) => createImageBitmap(await response.blob()));
      }
      return typeof found === 'object' ? found : undefined;
    },
    peaks: (media) => {
      const found = peaks.get(media);
      if (found === undefined) {
        void load(peaks, media, async (response) => {
          const read = readPeaks(new Uint8Array(await response.arrayBuffer()));
          if (!read) throw new Error(`/media/${media} holds no peaks`);
          return read;
        });
      }
      return typeof found === 'object' ? found : undefined;
    },
    onArrival: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    dispose: () => {
      leaving.abort();
      for (const picture of pictures.values()) if (typeof picture === 'object') picture.close();
      pictures.clear();
    },
  };
}

// The oldest goes first; a decoded filmstrip is about half a megabyte.
function makeRoom(pictures: Map<MediaId, ImageBitmap | 'coming' | 'missing'>): void {
  if (pictures.size < mostPictures) return;
  for (const [media, picture] of pictures) {
    if (typeof picture !== 'object') continue;
    picture.close();
    pictures.delete(media);
    return;
  }
}
