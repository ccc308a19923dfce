import { isWithin } from './adjust-clips.ts';
import { type EditResult, edited, refused } from './edit-result.ts';
import type { Film, Track } from './film.ts';
import type { GestureId, SequenceId, TakeId, TrackId } from './ids.ts';
import { framesPerSecond, type Rate } from './time.ts';
import { mapTracks, sequenceEnd, sequenceOf, trackOf, withSequence } from './track.ts';

export interface RenameFilm {
  readonly kind: 'rename-film';
  readonly gesture: GestureId;
  readonly name: string;
}

export interface SwitchTrack {
  readonly kind: 'switch-track';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly trackId: TrackId;
  /** `hide` is for video tracks; `mute` and `solo` for audio tracks. */
  readonly toggle: 'lock' | 'hide' | 'mute' | 'solo';
  readonly isOn: boolean;
}

export interface AdoptFormat {
  readonly kind: 'adopt-format';
  readonly gesture: GestureId;
  readonly sequenceId: SequenceId;
  readonly rate: Rate;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface RemoveTakes {
  readonly kind: 'remove-takes';
  readonly gesture: GestureId;
  readonly takeIds: readonly TakeId[];
}

export interface RestoreTakes {
  readonly kind: 'restore-takes';
  readonly gesture: GestureId;
  readonly takeIds: readonly TakeId[];
}

export function renameFilm(film: Film, intent: RenameFilm): EditResult {
  const name = intent.name.trim();
  return name === '' || name === film.name ? refused({ code: 'nothing-changes' }) : edited({ ...film, name });
}

/** Locks, hides, mutes or solos a track. Refuses `no-such-track` where the toggle is not one of its kind. */
export function switchTrack(film: Film, intent: SwitchTrack): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  const track = trackOf(sequence, intent.trackId);
  const switched = track && switchedTrack(track, intent);
  if (!switched) return refused({ code: 'no-such-track' });
  return edited(
    withSequence(
      film,
      mapTracks(sequence, (each) => (each === track ? switched : each)),
    ),
  );
}

/** What a sequence can be and still be exported: x264 takes sides up to 16384 pixels. Both ends are included. */
export const formatLimits = {
  sidePx: { low: 16, high: 16384 },
  framesPerSecond: { low: 1, high: 240 },
} as const;

/**
 * Takes over the rate and size of the first footage dropped into an empty sequence.
 * Refuses `sequence-not-empty`: with clips on it, every edge would have to be rounded anew; and `out-of-range` with
 * the property's name for a format that no film is exported in.
 */
export function adoptFormat(film: Film, intent: AdoptFormat): EditResult {
  const sequence = sequenceOf(film, intent.sequenceId);
  if (sequenceEnd(sequence) > 0) return refused({ code: 'sequence-not-empty' });
  const { rate, widthPx, heightPx } = intent;
  const wrongSide = (['widthPx', 'heightPx'] as const).find((side) => !isSide(intent[side]));
  if (wrongSide) return refused({ code: 'out-of-range', property: wrongSide });
  if (!isWithin(framesPerSecond(rate), formatLimits.framesPerSecond))
    return refused({ code: 'out-of-range', property: 'rate' });
  return edited(withSequence(film, { ...sequence, rate, widthPx, heightPx }));
}

/** Throws takes out of the bin. Refuses `take-in-use` while a clip shows one. */
export function removeTakes(film: Film, intent: RemoveTakes): EditResult {
  const used = new Set(
    film.sequences.flatMap((sequence) => sequence.tracks.flatMap((track) => track.clips.map((clip) => clip.takeId))),
  );
  const inUse = intent.takeIds.find((id) => used.has(id));
  if (inUse) return refused({ code: 'take-in-use', takeId: inUse });
  const added = intent.takeIds.filter((id) => !film.removedTakes.includes(id));
  if (added.length === 0) return refused({ code: 'nothing-changes' });
  return edited({ ...film, removedTakes: [...film.removedTakes, ...added] });
}

/** Brings takes back into the bin that were thrown out of it. */
export function restoreTakes(film: Film, intent: RestoreTakes): EditResult {
  const removedTakes = film.removedTakes.filter((id) => !intent.takeIds.includes(id));
  if (removedTakes.length === film.removedTakes.length) return refused({ code: 'nothing-changes' });
  return edited({ ...film, removedTakes });
}

function isSide(px: number): boolean {
  return Number.isInteger(px) && isWithin(px, formatLimits.sidePx);
}

function switchedTrack(track: Track, { toggle, isOn }: SwitchTrack): Track | undefined {
  if (toggle === 'lock') return { ...track, isLocked: isOn };
  if (track.kind === 'video') return toggle === 'hide' ? { ...track, isHidden: isOn } : undefined;
  if (toggle === 'mute') return { ...track, isMuted: isOn };
  return toggle === 'solo' ? { ...track, isSolo: isOn } : undefined;
}
