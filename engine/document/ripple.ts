import { firstOverlap, type NewId, shifted, splitAcross } from './carve.ts';
import type { Refusal } from './edit-result.ts';
import type { Sequence, Track } from './film.ts';
import { type FrameRange, type Frames, frames, rangeLength } from './time.ts';
import { allClips, type LocatedClip, replaceClips } from './track.ts';

/**
 * Makes room at a frame: every unlocked track is split there and what follows moves right by `by`.
 * Refuses `track-locked` when that would leave half of a linked pair behind.
 */
export function openUp(sequence: Sequence, at: Frames, by: Frames, newId: NewId): Sequence | Refusal {
  const unlocked = new Set(sequence.tracks.filter((track) => !track.isLocked).map((track) => track.id));
  const split = splitAcross(sequence, unlocked, at, newId);
  const moving = allClips(split).filter(({ track, clip }) => unlocked.has(track.id) && clip.recordIn >= at);
  const left = stranded(split, moving);
  return left ? { code: 'track-locked', trackId: left.track.id } : shiftClips(split, moving, by);
}

/**
 * Closes an emptied range: what starts after it on the unlocked tracks moves left, and so does sound that leads into
 * it (a J cut), so that nothing comes out of sync. A clip that runs across the range, a music bed say, stays.
 * Refuses `would-collide` when such a clip stands in the way, and `track-locked` as `openUp` does.
 */
export function closeUp(sequence: Sequence, range: FrameRange): Sequence | Refusal {
  const unlocked = allClips(sequence).filter(({ track }) => !track.isLocked);
  const after = unlocked.filter(({ clip }) => clip.recordIn >= range.out);
  const leading = unlocked.filter((located) => after.some((each) => playsWith(located, each)));
  const moving = [...new Set([...after, ...leading])];
  const left = stranded(sequence, moving);
  if (left) return { code: 'track-locked', trackId: left.track.id };

  const closed = shiftClips(sequence, moving, frames(-rangeLength(range)));
  const crowded = closed.tracks.find((track) => firstOverlap(track) || startsBeforeZero(track));
  return crowded ? { code: 'would-collide', trackId: crowded.id } : closed;
}

function shiftClips(sequence: Sequence, moving: readonly LocatedClip[], by: Frames): Sequence {
  return replaceClips(sequence, new Map(moving.map(({ clip }) => [clip.id, [shifted(clip, by)]])));
}

/** A clip on a locked track whose linked partner is about to move away from it. */
function stranded(sequence: Sequence, moving: readonly LocatedClip[]): LocatedClip | undefined {
  const locked = allClips(sequence).filter(({ track }) => track.isLocked);
  return locked.find((located) => moving.some((each) => playsWith(located, each)));
}

/** Linked, and on the timeline at the same time: what an editor would hear come out of sync. */
function playsWith({ clip: a }: LocatedClip, { clip: b }: LocatedClip): boolean {
  if (a === b || a.linkId === undefined || a.linkId !== b.linkId) return false;
  return a.recordIn < b.recordOut && b.recordIn < a.recordOut;
}

function startsBeforeZero(track: Track): boolean {
  const first = track.clips[0];
  return first !== undefined && first.recordIn < 0;
}
