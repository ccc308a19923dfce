import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Film } from '../../engine/document/film.ts';
import type { TakeId } from '../../engine/document/ids.ts';
import { addFrames, clampFrames, type Frames, frames, noFrames } from '../../engine/document/time.ts';
import { sequenceEnd } from '../../engine/document/track.ts';
import type { Player, PlayRate } from '../playback/player.ts';
import type { SessionStore } from './session-store.ts';

/** What the viewer shows of playback; the playhead itself lies in the session. */
export interface PlaybackState {
  readonly isPlaying: boolean;
  readonly rate: PlayRate;
  readonly picture: 'current' | 'loading';
  readonly droppedFrames: number;
  readonly unreadable: readonly TakeId[];
}

/** Moves the playhead, with a player while the viewer has one and without while it has none. */
export interface Transport {
  readonly playback: StoreApi<PlaybackState>;
  /** Puts a player to work; returns how to take it off again. */
  attach(player: Player): () => void;
  seek(to: Frames): void;
  step(byFrames: number): void;
  toggle(): void;
  pause(): void;
  shuttle(key: 'J' | 'K' | 'L'): void;
}

const atRest: PlaybackState = { isPlaying: false, rate: 1, picture: 'current', droppedFrames: 0, unreadable: [] };

export function createTransport(session: SessionStore, currentFilm: () => Film): Transport {
  const playback = createStore<PlaybackState>(() => atRest);
  let player: Player | undefined;

  const clamped = (to: Frames): Frames => {
    const sequence = currentFilm().sequences[0];
    return sequence ? clampFrames(to, noFrames, sequenceEnd(sequence)) : noFrames;
  };
  const seek = (to: Frames) => {
    const playhead = clamped(to);
    session.setState({ playhead });
    player?.seek(playhead);
  };

  return {
    playback,
    attach: (attached) => {
      player = attached;
      attached.seek(session.getState().playhead);
      const unsubscribe = attached.subscribe(({ frame, ...state }) => {
        playback.setState(state, true);
        if (session.getState().playhead !== frame) session.setState({ playhead: frame });
      });
      return () => {
        unsubscribe();
        player = undefined;
        playback.setState(atRest, true);
      };
    },
    seek,
    step: (byFrames) => {
      player?.pause();
      seek(addFrames(session.getState().playhead, frames(byFrames)));
    },
    toggle: () => (playback.getState().isPlaying ? player?.pause() : player?.play()),
    pause: () => player?.pause(),
    shuttle: (key) => player?.shuttle(key),
  };
}
