import type { PromptReading } from '../contract/generation.ts';
import type { Recipe, ShotRequest } from '../contract/take.ts';
import type { Pack } from './pack.ts';
import { packHash } from './read-pack.ts';

/** What making a shot came to, as the runner reports it. */
export interface RecipeFacts {
  readonly reading: PromptReading;
  readonly provider: string;
  readonly totalSeconds: number;
}

/** Everything needed to make the very same take again, and how its prompt was understood. */
export function recipeOf(pack: Pack, request: ShotRequest, facts: RecipeFacts, appVersion: string): Recipe {
  const said = (isWanted: (mark: string) => boolean) =>
    facts.reading.words.filter(({ mark }) => isWanted(mark)).map(({ start, end }) => request.prompt.slice(start, end));
  return {
    ...request,
    packName: pack.manifest.name,
    packVersion: pack.manifest.version,
    packHash: packHash(pack),
    understood: said((mark) => mark === 'known' || mark === 'filler'),
    ignored: said((mark) => mark === 'ignored' || mark === 'cut'),
    provider: facts.provider,
    appVersion,
    secondsSpent: facts.totalSeconds,
  };
}
