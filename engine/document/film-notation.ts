// Films in a line, for tests: `V1 A:0-48 B:48-96 | A1 a:0-48`. A capital is the picture of a take, a small letter its
// sound; `A+5:0-48` starts five frames into the take. A picture and a sound of one letter on the same frames are linked.
import type { EditResult } from './edit-result.ts';
import type { AudioTrack, Clip, Film, PictureClip, Sequence, SoundClip, TakeFacts, VideoTrack } from './film.ts';
import { noCrop } from './film.ts';
import type { ClipId, FilmId, LinkId, SequenceId, TakeId, TrackId } from './ids.ts';
import { newFilm } from './new-film.ts';
import { frames, samples } from './time.ts';

export const notationSequence = 'sequence-1' as SequenceId;
const framesPerTake = 200;

/** A film on V2 V1 A1 A2 at 24 frames a second. Every take is 200 frames long, picture and sound, at the same rate. */
export function filmOf(notation: string): Film {
  const blank = newFilm({
    id: 'film' as FilmId,
    name: 'Test',
    sequenceName: 'Cut 1',
    trackNames: { v2: '', v1: '', a1: '', a2: '' },
  });
  const lanes = new Map(notation.split('|').map((lane) => readLane(lane.trim())));
  const sequence = fill(blank.sequences[0] as Sequence, lanes);
  const letters = new Set(
    [...notation.matchAll(/([A-Za-z])(?:\+\d+)?:/g)].map((match) => String(match[1]).toUpperCase()),
  );
  const takes = Object.fromEntries([...letters].map((letter) => [letter, takeOf(letter)]));
  return { ...blank, sequences: [sequence], takes };
}

/** A take named by a capital letter, 200 frames at 24 with sound, 1920×1080. */
export function takeOf(letter: string): TakeFacts {
  return {
    id: letter as TakeId,
    name: letter,
    origin: 'imported',
    picture: { kind: 'moving', rate: { num: 24, den: 1 }, frameCount: framesPerTake, widthPx: 1920, heightPx: 1080 },
    sound: { sampleRateHz: 48000, sampleCount: samples(framesPerTake * 2000) },
  };
}

/** Prints the first sequence of a film, or the refusal, in the notation `filmOf` reads. */
export function show(result: Film | EditResult): string {
  if ('kind' in result) return result.kind === 'refused' ? result.refusal.code : show(result.film);
  const tracks = result.sequences[0]?.tracks ?? [];
  const lanes = tracks.filter((track) => track.clips.length > 0);
  return lanes.map((track) => `${track.id.toUpperCase()} ${track.clips.map(showClip).join(' ')}`).join(' | ');
}

/** The id `filmOf` gave to a clip: its letter, with a count from the second one on (`A`, `A2`, `a`). */
export function clipId(name: string): ClipId {
  return name as ClipId;
}

function readLane(lane: string): [string, readonly LaneClip[]] {
  const [name = '', ...clips] = lane.split(/\s+/);
  return [name.toLowerCase(), clips.map(readClip)];
}

interface LaneClip {
  readonly letter: string;
  readonly sourceIn: number;
  readonly recordIn: number;
  readonly recordOut: number;
}

function readClip(text: string): LaneClip {
  const match = /^([A-Za-z])(?:\+(\d+))?:(\d+)-(\d+)$/.exec(text);
  if (!match) throw new Error(`not a clip: ${text}`);
  const [, letter = '', sourceIn = '0', recordIn, recordOut] = match;
  return { letter, sourceIn: Number(sourceIn), recordIn: Number(recordIn), recordOut: Number(recordOut) };
}

function fill(sequence: Sequence, lanes: Map<string, readonly LaneClip[]>): Sequence {
  const taken = new Map<string, number>();
  const make = (clip: LaneClip) => clipOf(clip, taken, isPaired(clip, lanes));
  const tracks = sequence.tracks.map((track): VideoTrack | AudioTrack => {
    const clips = (lanes.get(track.id) ?? []).map(make);
    return track.kind === 'video'
      ? { ...track, clips: clips.filter((clip): clip is PictureClip => clip.kind === 'picture') }
      : { ...track, clips: clips.filter((clip): clip is SoundClip => clip.kind === 'sound') };
  });
  return { ...sequence, tracks };
}

function clipOf(
  { letter, sourceIn, recordIn, recordOut }: LaneClip,
  taken: Map<string, number>,
  isLinked: boolean,
): Clip {
  const count = (taken.get(letter) ?? 0) + 1;
  taken.set(letter, count);
  const shared = {
    id: (count === 1 ? letter : `${letter}${count}`) as ClipId,
    takeId: letter.toUpperCase() as TakeId,
    recordIn: frames(recordIn),
    recordOut: frames(recordOut),
    sourceIn: frames(sourceIn),
    ...(isLinked ? { linkId: `${letter.toUpperCase()}-${recordIn}` as LinkId } : {}),
  };
  return letter === letter.toUpperCase()
    ? { kind: 'picture', ...shared, framing: { xPx: 0, yPx: 0, scale: 1, crop: noCrop, opacity: 1 } }
    : { kind: 'sound', ...shared, gainDb: 0 };
}

function isPaired(clip: LaneClip, lanes: Map<string, readonly LaneClip[]>): boolean {
  const partner = clip.letter === clip.letter.toUpperCase() ? clip.letter.toLowerCase() : clip.letter.toUpperCase();
  return [...lanes.values()]
    .flat()
    .some(
      (other) => other.letter === partner && other.recordIn === clip.recordIn && other.recordOut === clip.recordOut,
    );
}

function showClip(clip: Clip): string {
  const letter = clip.kind === 'picture' ? clip.takeId : clip.takeId.toLowerCase();
  const source = clip.sourceIn === 0 ? '' : `+${clip.sourceIn}`;
  return `${letter}${source}:${clip.recordIn}-${clip.recordOut}`;
}

/** A track id as the notation writes it. */
export function trackId(name: string): TrackId {
  return name.toLowerCase() as TrackId;
}
