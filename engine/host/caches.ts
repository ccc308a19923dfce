import { readRecents } from './recents.ts';
import { cacheBytes, sweepCaches } from './sweep-caches.ts';

/** The caches of the projects that were opened lately, held to what the settings allow. */
export interface Caches {
  bytes(): Promise<number>;
  /** Holds them to the cap now. Answers what is left. */
  sweep(): Promise<number>;
  /** Removes those of projects that are not open. Answers what is left. */
  empty(): Promise<number>;
  /** Sweeps in a while: whoever opened a project is served first. */
  sweepSoon(): void;
  close(): void;
}

const soonMs = 10_000;

export function openCaches(settingsFolder: string, capBytes: () => number): Caches {
  let soon: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const projects = async () => (await readRecents(settingsFolder)).map(({ folder }) => folder);
  const holdTo = (cap: () => number) => {
    const swept = turn.then(async () => sweepCaches({ projects: await projects(), capBytes: cap() }));
    turn = swept.catch(() => {});
    return swept;
  };
  const sweep = () => holdTo(capBytes);
  return {
    bytes: async () => {
      const sizes = await Promise.all((await projects()).map(cacheBytes));
      return sizes.reduce((sum, bytes) => sum + bytes, 0);
    },
    sweep,
    empty: () => holdTo(() => 0),
    sweepSoon: () => {
      clearTimeout(soon);
      soon = setTimeout(() => void sweep().catch(() => {}), soonMs).unref();
    },
    close: () => clearTimeout(soon),
  };
}
