import type { Refusal } from './edit-result.ts';
import type { Clip, Film, Sequence, Track } from './film.ts';
import type { ClipId, SequenceId, TrackId } from './ids.ts';
import { type FrameRange, type Frames, maxFrames, noFrames } from './time.ts';

/** The sequence with this id. Throws when there is none: ids come from the film itself, so that is a bug. */
export function sequenceOf(film: Film, id: SequenceId): Sequence {
  const found = film.sequences.find((sequence) => sequence.id === id);
  if (!found) throw new Error(`the film has no sequence ${id}`);
  return found;
}

/** The track with this id, or undefined. */
export function trackOf(sequence: Sequence, id: TrackId): Track | undefined {
  return sequence.tracks.find((track) => track.id === id);
}

export interface LocatedClip {
  readonly track: Track;
  readonly clip: Clip;
}

/** Where a clip lies, or undefined. */
export function findClip(sequence: Sequence, id: ClipId): LocatedClip | undefined {
  for (const track of sequence.tracks) {
    for (const clip of track.clips) if (clip.id === id) return { track, clip };
  }
  return undefined;
}

/** Where several clips lie, or the refusal that names the one that is not there. */
export function locateClips(sequence: Sequence, ids: readonly ClipId[]): LocatedClip[] | Refusal {
  const located: LocatedClip[] = [];
  for (const id of ids) {
    const found = findClip(sequence, id);
    if (!found) return { code: 'no-such-clip', clipId: id };
    located.push(found);
  }
  return located;
}

/** The clips and whatever is linked to them, in track order. */
export function withLinked(sequence: Sequence, ids: readonly ClipId[]): LocatedClip[] {
  const chosen = new Set(ids);
  const links = new Set(
    allClips(sequence).flatMap(({ clip }) => (chosen.has(clip.id) && clip.linkId ? clip.linkId : [])),
  );
  return allClips(sequence).filter(({ clip }) => chosen.has(clip.id) || (clip.linkId && links.has(clip.linkId)));
}

export function allClips(sequence: Sequence): LocatedClip[] {
  return sequence.tracks.flatMap((track) => track.clips.map((clip) => ({ track, clip })));
}

/** The clip under a frame, or undefined in a gap. Binary search: tracks hold tens of thousands of clips. */
export function clipAt<C extends Clip>(clips: readonly C[], at: Frames): C | undefined {
  const candidate = clips[firstEndingAfter(clips, at)];
  return candidate && candidate.recordIn <= at ? candidate : undefined;
}

/** The clips that show at least one frame of the range, in order. */
export function clipsInRange<C extends Clip>(clips: readonly C[], range: FrameRange): readonly C[] {
  const from = firstEndingAfter(clips, range.in);
  let to = from;
  for (let clip = clips[to]; clip && clip.recordIn < range.out; clip = clips[++to]);
  return clips.slice(from, to);
}

/** Index of the first clip whose `recordOut` lies after the frame; the clip count when there is none. */
export function firstEndingAfter(clips: readonly Clip[], at: Frames): number {
  let low = 0;
  let high = clips.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const clip = clips[middle];
    if (clip && clip.recordOut > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first frame after the last clip of a track. */
export function trackEnd(track: Track): Frames {
  return track.clips.at(-1)?.recordOut ?? noFrames;
}

/** The first frame after the last clip of a sequence: its length, since it starts at 0. */
export function sequenceEnd(sequence: Sequence): Frames {
  return sequence.tracks.reduce((end, track) => maxFrames(end, trackEnd(track)), noFrames);
}

/** The empty stretch around a frame; `out` is undefined after the last clip. Undefined when a clip is there. */
export function gapAt(track: Track, at: Frames): { readonly in: Frames; readonly out?: Frames } | undefined {
  const next = firstEndingAfter(track.clips, at);
  const after = track.clips[next];
  if (after && after.recordIn <= at) return undefined;
  const start = track.clips[next - 1]?.recordOut ?? noFrames;
  return after ? { in: start, out: after.recordIn } : { in: start };
}

/** A sequence with its tracks mapped; tracks that come back unchanged keep their identity. */
export function mapTracks(sequence: Sequence, change: (track: Track) => Track): Sequence {
  const tracks = sequence.tracks.map(change);
  return tracks.every((track, index) => track === sequence.tracks[index]) ? sequence : { ...sequence, tracks };
}

/** A sequence in which each listed clip has given way to others on its track: none takes it out. */
export function replaceClips(sequence: Sequence, replacements: ReadonlyMap<ClipId, readonly Clip[]>): Sequence {
  return mapTracks(sequence, (track) =>
    track.clips.some((clip) => replacements.has(clip.id))
      ? withClips(
          track,
          track.clips.flatMap((clip) => replacements.get(clip.id) ?? [clip]),
        )
      : track,
  );
}

/** A film with one sequence replaced. */
export function withSequence(film: Film, sequence: Sequence): Film {
  const sequences = film.sequences.map((each) => (each.id === sequence.id ? sequence : each));
  return { ...film, sequences };
}

/** A track with its clips replaced, sorted by where they start. Throws when a clip is of the other kind. */
export function withClips(track: Track, clips: readonly Clip[]): Track {
  const sorted = [...clips].sort((a, b) => a.recordIn - b.recordIn);
  return track.kind === 'video'
    ? { ...track, clips: sorted.map((clip) => ofKind(clip, 'picture')) }
    : { ...track, clips: sorted.map((clip) => ofKind(clip, 'sound')) };
}

/** Whether a clip can lie on a track: pictures on video tracks, sound on audio tracks. */
export function belongsOn(clip: Clip, track: Track): boolean {
  return (clip.kind === 'picture') === (track.kind === 'video');
}

function ofKind<K extends Clip['kind']>(clip: Clip, kind: K): Extract<Clip, { kind: K }> {
  if (clip.kind !== kind) throw new Error(`a ${clip.kind} clip cannot lie on a track of ${kind}`);
  return clip as Extract<Clip, { kind: K }>; // narrowed by the line above, which TypeScript cannot see through K
}
