import { undrawable } from './adjust-clips.ts';
import { firstOverlap } from './carve.ts';
import type { Clip, Film, Sequence } from './film.ts';
import { clipLengthLimit } from './take-length.ts';
import { allClips } from './track.ts';

/**
 * What is wrong with a film, in sentences; none in a sound one. Edits keep these by construction, the property tests
 * try to break them, and a file that breaks one is not opened for editing.
 */
export function brokenInvariants(film: Film): string[] {
  return film.sequences.flatMap((sequence) => [
    ...duplicateIds(sequence),
    ...overlaps(sequence),
    ...allClips(sequence).flatMap(({ clip }) => clipFaults(film, sequence, clip)),
  ]);
}

function duplicateIds(sequence: Sequence): string[] {
  const ids = allClips(sequence).map(({ clip }) => clip.id);
  return ids.length === new Set(ids).size ? [] : ['two clips have the same id'];
}

function overlaps(sequence: Sequence): string[] {
  return sequence.tracks.flatMap((track) => {
    const pair = firstOverlap(track);
    return pair ? [`clips ${pair[0].id} and ${pair[1].id} overlap on track ${track.id}`] : [];
  });
}

function clipFaults(film: Film, sequence: Sequence, clip: Clip): string[] {
  const faults: string[] = [];
  const length = clip.recordOut - clip.recordIn;
  if (length <= 0) faults.push(`clip ${clip.id} shows no frame`);
  if (clip.recordIn < 0) faults.push(`clip ${clip.id} starts before the sequence`);
  if (clip.sourceIn < 0) faults.push(`clip ${clip.id} starts before its take`);
  const take = film.takes[clip.takeId];
  if (!take) return [...faults, `clip ${clip.id} shows a take the film does not know`];
  const limit = clipLengthLimit(take, clip.kind, sequence.rate);
  const property = clip.kind === 'picture' ? undrawable(clip.framing, take) : undefined;
  if (property) faults.push(`clip ${clip.id} cannot be drawn: its ${property} is out of range`);
  if (limit !== 'endless' && clip.sourceIn + length > limit) faults.push(`clip ${clip.id} reaches past its take`);
  return faults;
}
