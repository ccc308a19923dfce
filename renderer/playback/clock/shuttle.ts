import type { PlayRate } from '../player.ts';

/** What a press of J, K or L does: K stops; J and L go faster in their direction, or turn round at speed 1. */
export function shuttled(playing: PlayRate | undefined, key: 'J' | 'K' | 'L'): PlayRate | undefined {
  if (key === 'K') return undefined;
  const ladder = key === 'L' ? forward : backward;
  const at = playing === undefined ? -1 : ladder.indexOf(playing);
  return ladder[Math.min(at + 1, ladder.length - 1)];
}

const forward: readonly PlayRate[] = [1, 2, 4, 8];
const backward: readonly PlayRate[] = [-1, -2, -4, -8];
