import { type SetFraming, type SetGain, setFraming, setGain } from './adjust-clips.ts';
import {
  type AdoptFormat,
  adoptFormat,
  type RemoveTakes,
  type RenameFilm,
  type RestoreTakes,
  removeTakes,
  renameFilm,
  restoreTakes,
  type SwitchTrack,
  switchTrack,
} from './adjust-film.ts';
import { type EditResult, refused } from './edit-result.ts';
import { assertNever, type Film } from './film.ts';
import { fingerprint } from './fingerprint.ts';
import { type MoveClips, moveClips } from './move-clips.ts';
import { type PlaceTakes, placeTakes } from './place-takes.ts';
import { type RemoveClips, removeClips } from './remove-clips.ts';
import { type SplitClips, splitClips } from './split-clips.ts';
import { type TrimClips, trimClips } from './trim-clips.ts';

/** Everything an editor can do to a film, as data. Modes (ripple, links, insert) travel inside: a redo cannot read a switch that has changed since. */
export type Intent =
  | PlaceTakes
  | MoveClips
  | TrimClips
  | SplitClips
  | RemoveClips
  | SetFraming
  | SetGain
  | SwitchTrack
  | RenameFilm
  | AdoptFormat
  | RemoveTakes
  | RestoreTakes;

/**
 * The one door through which a film changes. Pure: the same film and intent always give the same result.
 * Refuses `nothing-changes` where an edit would leave the film as it is: that is no undo step.
 */
export function applyIntent(film: Film, intent: Intent): EditResult {
  const result = resultOf(film, intent);
  const isSame = result.kind === 'edited' && fingerprint(result.film) === fingerprint(film);
  return isSame ? refused({ code: 'nothing-changes' }) : result;
}

function resultOf(film: Film, intent: Intent): EditResult {
  switch (intent.kind) {
    case 'place':
      return placeTakes(film, intent);
    case 'move':
      return moveClips(film, intent);
    case 'trim':
      return trimClips(film, intent);
    case 'split':
      return splitClips(film, intent);
    case 'remove':
      return removeClips(film, intent);
    case 'set-framing':
      return setFraming(film, intent);
    case 'set-gain':
      return setGain(film, intent);
    case 'switch-track':
      return switchTrack(film, intent);
    case 'rename-film':
      return renameFilm(film, intent);
    case 'adopt-format':
      return adoptFormat(film, intent);
    case 'remove-takes':
      return removeTakes(film, intent);
    case 'restore-takes':
      return restoreTakes(film, intent);
    default:
      return assertNever(intent);
  }
}
