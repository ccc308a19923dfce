import type { TakeId } from '../document/ids.ts';
import { frames, type Samples, samples, samplesAtFrameFloor } from '../document/time.ts';
import type { RenderPlan, SoundPiece } from './plan.ts';

// What a sequence sounds like, in samples. The player mixes it live and the exporter mixes it to a file, both from
// here, so that they cannot sound different.

/** Takes are conformed to it, and films are delivered at it. */
export const soundRateHz = 48000;

/** Length of the ramp across an edge: 2.5 ms, long enough to hide a jump and too short to be heard as a fade. */
export const rampSamples = 120;
const reach = rampSamples / 2;

/** A stretch of a take's sound on the sequence. Its ramps reach `rampSamples / 2` past either edge. */
export interface SoundRun {
  readonly takeId: TakeId;
  readonly in: Samples;
  readonly out: Samples;
  /** The sequence sample on which the take's sample 0 falls; negative when the take is entered later. */
  readonly takeZero: Samples;
  /** Linear: 1 leaves the take as loud as it is. */
  readonly gain: number;
  /** What the sound ramps from at its in edge and to at its out edge; `gain` itself where it simply runs on. */
  readonly gainBefore: number;
  readonly gainAfter: number;
}

/** How long the sequence sounds: to the sample, with the picture. */
export function soundLength(plan: RenderPlan): Samples {
  return samplesAtFrameFloor(plan.length, plan.rate, soundRateHz);
}

/**
 * The plan's sound, earliest first. A take cut in two and left in place runs through the cut untouched: where a take's
 * zero falls depends on in minus sourceIn, which a cut does not change. Any other edge gets a short ramp, since two
 * waves that do not meet make a click.
 */
export function soundRuns(plan: RenderPlan): readonly SoundRun[] {
  const runs = plan.sounds.map((piece) => plainRun(plan, piece));
  const starting = new Map(runs.map((run) => [joint(run, run.in), run]));
  const ending = new Map(runs.map((run) => [joint(run, run.out), run]));
  return runs
    .map((run) => {
      const before = ending.get(joint(run, run.in));
      const isContinued = starting.has(joint(run, run.out));
      return { ...run, gainBefore: before?.gain ?? 0, gainAfter: isContinued ? run.gain : 0 };
    })
    .sort((a, b) => a.in - b.in);
}

/** Which samples of its take a run needs to sound from `from` to `to` on the sequence; undefined when none. */
export function neededSamples(
  run: SoundRun,
  from: Samples,
  to: Samples,
): { readonly from: Samples; readonly to: Samples } | undefined {
  const first = Math.max(from, firstSample(run));
  const end = Math.min(to, endSample(run));
  return first < end ? { from: samples(first - run.takeZero), to: samples(end - run.takeZero) } : undefined;
}

/**
 * Adds a run to a block of the mix, in place. `block`: interleaved stereo, ±1, whose first pair is the sequence's
 * sample `blockFrom`. `pcm`: interleaved 16-bit stereo of the take, whose first pair is the take's sample `pcmFrom`;
 * what it does not hold is silent.
 */
export function mixRun(
  block: Float32Array,
  blockFrom: Samples,
  run: SoundRun,
  pcm: Int16Array,
  pcmFrom: Samples,
): void {
  const shift = run.takeZero + pcmFrom;
  const first = Math.max(blockFrom, firstSample(run), shift);
  const end = Math.min(blockFrom + block.length / 2, endSample(run), shift + pcm.length / 2);
  for (let at = first; at < end; at++) {
    const gain = gainAt(run, at) / 32768;
    const to = (at - blockFrom) * 2;
    const from = (at - shift) * 2;
    block[to] = (block[to] ?? 0) + (pcm[from] ?? 0) * gain;
    block[to + 1] = (block[to + 1] ?? 0) + (pcm[from + 1] ?? 0) * gain;
  }
}

function plainRun(plan: RenderPlan, piece: SoundPiece): SoundRun {
  const sampleAt = (frame: number) => samplesAtFrameFloor(frames(frame), plan.rate, soundRateHz);
  const gain = 10 ** (piece.gainDb / 20);
  return {
    takeId: piece.takeId,
    in: sampleAt(piece.in),
    out: sampleAt(piece.out),
    takeZero: sampleAt(piece.in - piece.sourceIn),
    gain,
    gainBefore: gain,
    gainAfter: gain,
  };
}

// Two runs meet without a seam when the same sample of the same take is next.
function joint(run: SoundRun, at: Samples): string {
  return `${run.takeId} ${run.takeZero} ${at}`;
}

function firstSample(run: SoundRun): number {
  return run.gainBefore === 0 ? run.in - reach : run.in;
}

function endSample(run: SoundRun): number {
  return run.gainAfter === 0 ? run.out + reach : run.out;
}

// A ramp from or to silence is centred on the edge, so that neighbours cross-fade; a change of level, which has one
// run on either side, lies wholly in the later one.
function gainAt(run: SoundRun, at: number): number {
  const inStart = run.gainBefore === 0 ? run.in - reach : run.in;
  const enter = Math.min(1, (at - inStart + 0.5) / rampSamples);
  const leave = run.gainAfter === 0 ? Math.min(1, (run.out + reach - at - 0.5) / rampSamples) : 1;
  const level = run.gainBefore === run.gain ? run.gain : run.gainBefore + (run.gain - run.gainBefore) * enter;
  return level * leave;
}
