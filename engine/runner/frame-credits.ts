import { framesInFlight } from './protocol.ts';

/** Leave to send messages of frames: as many as may be under way at once, and one more for each that was taken in. */
export interface FrameCredits {
  /** Resolves once another message may be sent; rejects with the signal's reason when the shot is cancelled. */
  take(): Promise<void>;
  readonly give: () => void;
}

export function frameCredits(signal: AbortSignal): FrameCredits {
  let left = framesInFlight;
  let waiting: PromiseWithResolvers<void> | undefined;
  signal.addEventListener('abort', () => waiting?.reject(signal.reason), { once: true });
  return {
    take: async () => {
      signal.throwIfAborted();
      if (left === 0) {
        waiting = Promise.withResolvers<void>();
        await waiting.promise;
        waiting = undefined;
      }
      left -= 1;
    },
    give: () => {
      left += 1;
      waiting?.resolve();
    },
  };
}
