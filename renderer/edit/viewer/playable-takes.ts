import type { TakeId } from '../../../engine/document/ids.ts';
import type { PlayableTake, PlayableTakes } from '../../playback/player.ts';
import type { Library } from '../../state/library-store.ts';

/** What the player can read of each take: those that are there, in whatever the engine has made of them so far. */
export function playableTakes({ entries }: Pick<Library, 'entries'>): PlayableTakes {
  const playable = new Map<TakeId, PlayableTake>();
  for (const [id, entry] of entries) {
    if (entry.kind !== 'ready') continue;
    const { view, record } = entry;
    const stream = record.origin.media.picture;
    playable.set(id, {
      ...(view.picture && stream && { picture: { source: view.picture, stream } }),
      ...(view.sound && { sound: view.sound }),
    });
  }
  return playable;
}
