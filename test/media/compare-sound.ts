import { frames, samplesAtFrameFloor } from '../../engine/document/time.ts';
import type { HeardSound } from './second-hearing.ts';
import type { ExportedFilm } from './through-the-app.ts';

/** How a sound of ours lies beside what ffmpeg hears in the file. */
export interface SoundLikeness {
  /** How much later than it should it comes, in samples of 48 kHz. */
  readonly lateSamples: number;
  /** Loudness beside what it should be: 1 is as loud. */
  readonly gain: number;
  /** 1 where the two are the same up to loudness. */
  readonly correlation: number;
}

/** A stretch of our sound and where it lies in the take, in samples of 48 kHz. */
export interface SoundSpan {
  readonly from: number;
  readonly to: number;
  readonly inTake: number;
}

const rateHz = 48_000;
/** A twelfth of a second either way: two frames of film. */
const [windowSamples, reachSamples] = [2048, 4000];
const audible = 0.002;
/** Longer than what the mixer fades at a cut. */
const edgeSamples = 480;

/** The spans of a film's pieces. */
export function spansOf({ pieces, plan: { rate } }: ExportedFilm): SoundSpan[] {
  const at = (frame: number) => samplesAtFrameFloor(frames(frame), rate, rateHz);
  return pieces.map((piece) => ({ from: at(piece.at), to: at(piece.at + piece.length), inTake: at(piece.takeFrame) }));
}

/**
 * Compares where the file is loudest within each span, and answers the worst; undefined where all of it is silent.
 * `startSeconds`: when the file shows its first frame, the take's sample 0.
 */
export function compareSound(
  ours: Int16Array,
  spans: readonly SoundSpan[],
  heard: HeardSound,
  startSeconds: number,
): SoundLikeness | undefined {
  const offset = Math.round((heard.startSeconds - startSeconds) * rateHz);
  return spans
    .map((span) => spanLikeness(ours, heard.samples, span, span.inTake - span.from - offset))
    .reduce(
      (worst, likeness) => (likeness && (!worst || likeness.correlation < worst.correlation) ? likeness : worst),
      undefined,
    );
}

function spanLikeness(
  ours: Int16Array,
  heard: Float32Array,
  { from, to }: SoundSpan,
  toHeard: number,
): SoundLikeness | undefined {
  const own = (at: number) => (at >= from && at < to ? ((ours[at * 2] ?? 0) + (ours[at * 2 + 1] ?? 0)) / 65536 : 0);
  const theirs = (at: number) => ((heard[(at + toHeard) * 2] ?? 0) + (heard[(at + toHeard) * 2 + 1] ?? 0)) / 2;
  const start = loudest(theirs, from + edgeSamples, to - edgeSamples);
  if (start === undefined) return undefined;
  let best: SoundLikeness = { lateSamples: 0, ...matched(own, theirs, start, 0) };
  for (let late = -reachSamples; late <= reachSamples && best.correlation < 0.999; late++) {
    const match = matched(own, theirs, start, late);
    // Of two that are as good the one in its place counts: a steady tone fits at every period.
    if (match.correlation > best.correlation + 1e-3) best = { lateSamples: late, ...match };
  }
  return best;
}

/** Where the window of the most energy begins; undefined where all is silent. */
function loudest(sample: (at: number) => number, from: number, to: number): number | undefined {
  let best: { start: number; energy: number } | undefined;
  for (let start = from; start + windowSamples <= to; start += windowSamples / 2) {
    let energy = 0;
    for (let at = start; at < start + windowSamples; at += 2) energy += sample(at) ** 2;
    if (!best || energy > best.energy) best = { start, energy };
  }
  return best && Math.sqrt((2 * best.energy) / windowSamples) > audible ? best.start : undefined;
}

function matched(own: (at: number) => number, theirs: (at: number) => number, start: number, late: number) {
  let [both, ours, others] = [0, 0, 0];
  for (let at = start; at < start + windowSamples; at += 2) {
    const [a, b] = [own(at + late), theirs(at)];
    both += a * b;
    ours += a * a;
    others += b * b;
  }
  return { correlation: ours === 0 ? 0 : both / Math.sqrt(ours * others), gain: others === 0 ? 0 : both / others };
}
