import type { TakeRecord } from '../contract/take.ts';

export interface PresenceOptions {
  /** Every take that has, or had, a file. */
  readonly takes: () => readonly { readonly record: TakeRecord; readonly isThere: boolean }[];
  /** Whether a take's own file is where it was. */
  readonly isThere: (record: TakeRecord) => Promise<boolean>;
  /** Told when a file has gone, or another lies in its place, and when it is back. */
  readonly onChange: (record: TakeRecord, isThere: boolean) => void;
  readonly everyMs: number;
}

/**
 * Looks after takes whose files lie wherever the editor keeps them: disks are pulled out and put back, folders tidied,
 * while a film is open. A look is one `stat` a take while nothing has changed. Answers what ends it.
 */
export function watchPresence({ takes, isThere, onChange, everyMs }: PresenceOptions): () => void {
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    for (const { record, isThere: wasThere } of takes()) {
      const isNow = await isThere(record);
      if (isEnded) return;
      if (isNow !== wasThere) onChange(record, isNow);
    }
    lookLater();
  };
  const lookLater = () => {
    timer = setTimeout(() => void look().catch(lookLater), everyMs).unref(); // an engine that ends looks no more
  };
  lookLater();
  return () => {
    isEnded = true;
    clearTimeout(timer);
  };
}
