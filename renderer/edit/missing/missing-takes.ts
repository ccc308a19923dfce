import type { LibraryEntry } from '../../../engine/contract/library.ts';
import type { FileReference } from '../../../engine/contract/take.ts';
import type { Film, TakeFacts } from '../../../engine/document/film.ts';
import { allClips } from '../../../engine/document/track.ts';
import type { Library } from '../../state/library-store.ts';
import { mainSequence } from '../../state/project.ts';

/** Footage whose file is not where it was. */
export interface MissingTake {
  readonly facts: TakeFacts;
  readonly file: FileReference;
  /** Clips of the film that show or sound it. */
  readonly clipCount: number;
}

/** What the film uses first, then what lies in the bin alone. What was thrown out of the bin is not missed. */
export function missingTakes(film: Film, { entries }: Pick<Library, 'entries'>): readonly MissingTake[] {
  const clips = allClips(mainSequence(film));
  const removed = new Set(film.removedTakes);
  const missing = [...entries.values()].flatMap((entry) => {
    const file = fileOf(entry);
    const clipCount = clips.filter(({ clip }) => clip.takeId === entry.facts.id).length;
    const isMissed = file && entry.kind === 'offline' && (clipCount > 0 || !removed.has(entry.facts.id));
    return isMissed ? [{ facts: entry.facts, file, clipCount }] : [];
  });
  return missing.toSorted((a, b) => Number(b.clipCount > 0) - Number(a.clipCount > 0));
}

function fileOf(entry: LibraryEntry): FileReference | undefined {
  if (entry.kind !== 'offline' && entry.kind !== 'ready') return undefined;
  const { origin } = entry.record;
  return origin.kind === 'imported' ? origin.file : undefined;
}
