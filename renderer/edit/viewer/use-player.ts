import { type RefObject, useEffect } from 'react';
import { compilePlan } from '../../../engine/render/plan.ts';
import type { Player } from '../../playback/player.ts';
import { mainSequence, type Project } from '../../state/project.ts';
import { useProject, useServices } from '../../state/services.tsx';
import { playableTakes } from './playable-takes.ts';

/** Puts a player on the viewer's canvas for as long as the viewer stands. */
export function usePlayer(canvas: RefObject<HTMLCanvasElement | null>): void {
  const project = useProject();
  const { createPlayer, host } = useServices();
  useEffect(() => {
    if (!canvas.current) return;
    const player = createPlayer({ canvas: canvas.current, mediaUrl: host.mediaUrl });
    const stopFeeding = feedPlayer(project, player);
    const detach = project.transport.attach(player);
    return () => {
      detach();
      stopFeeding();
      player.dispose();
    };
  }, [canvas, project, createPlayer, host]);
}

/**
 * Gives the player the film as it is to be seen: the committed one, or a draft that is judged in the picture.
 * Directly from the stores, so that a seek right after an edit finds the edited film.
 */
function feedPlayer({ film, session, library }: Project, player: Player): () => void {
  let takes = playableTakes(library.getState());
  let shown: unknown;
  const feed = () => {
    const { draft } = session.getState();
    const next = draft?.shownIn === 'viewer' ? draft.film : film.film();
    if (next === shown) return;
    shown = next;
    player.setPlan(compilePlan(next, mainSequence(next).id), takes);
  };
  feed();
  const stops = [
    film.store.subscribe(feed),
    session.subscribe(feed),
    library.subscribe(({ entries }, before) => {
      if (entries === before.entries) return;
      takes = playableTakes({ entries });
      shown = undefined;
      feed();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
