import { mainSequence } from '../../state/project.ts';
import { useFilm, useLibrary } from '../../state/services.tsx';

/** How many takes on the timeline have no frames: on their way, failed, or gone from the disk. */
export function useUnfinishedCount(): number {
  const film = useFilm((each) => each);
  const used = new Set(mainSequence(film).tracks.flatMap((track) => track.clips.map((clip) => clip.takeId)));
  return useLibrary(({ entries }) => [...used].filter((id) => entries.get(id)?.kind !== 'ready').length);
}
