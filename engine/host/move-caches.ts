import type { Caches } from '../caches/caches.ts';
import type { Outcome } from '../contract/failure.ts';
import type { CacheMoveProgress } from '../contract/settings.ts';
import { outcomeOf } from './engine.ts';
import { nextWake } from './next-wake.ts';
import type { SettingsKeeper } from './settings.ts';

/**
 * Moves the caches and tells how far it is, as fast as whoever listens can hear it. Cancelled when they leave off, or
 * are gone; what was not to be done is undone by the time this returns.
 */
export async function* moveCaches(
  settings: SettingsKeeper,
  caches: Caches,
  folder: string,
  gone: AbortSignal,
): AsyncGenerator<CacheMoveProgress, Outcome<Record<string, never>>, void> {
  const stopped = new AbortController();
  const signal = AbortSignal.any([gone, stopped.signal]);
  const news = new Set<() => void>();
  let told: CacheMoveProgress | undefined;
  let latest: CacheMoveProgress | undefined;
  let isOver = false;
  const wake = () => {
    for (const each of news) each();
  };
  const onProgress = (progress: CacheMoveProgress) => {
    latest = progress;
    wake();
  };
  const keep = () => settings.change({ cacheFolder: folder });
  const moved = outcomeOf(async () => {
    await caches.move({ folder, onProgress, signal, keep });
    return {};
  }).finally(() => {
    isOver = true;
    wake();
  });
  moved.catch(() => {}); // awaited below
  try {
    while (!isOver && !signal.aborted) {
      if (latest && latest !== told) {
        told = latest;
        yield latest;
      } else await nextWake(news, signal);
    }
  } finally {
    if (!isOver) stopped.abort();
    await moved.catch(() => {});
  }
  // Whoever cancelled it has left, and hears nothing of this.
  return signal.aborted ? { kind: 'failed', failure: { code: 'bad-request', reason: 'it was cancelled' } } : moved;
}
