import type { TakeId } from '../../../engine/document/ids.ts';
import { type Frames, type Rate, type Samples, samples, samplesAtFrameFloor } from '../../../engine/document/time.ts';
import { mixRun, neededSamples, type SoundRun, soundRateHz } from '../../../engine/render/sound.ts';
import type { PlayRate } from '../player.ts';

// Sound goes out in blocks of a tenth of a second, mixed when they are about to be due and laid end to end on the
// sound device's own clock. Pure: what to mix and when; the device and the files are elsewhere.

/** Length of a block as it is heard. */
export const blockSamples = 4800;

/** One block: which stretch of the sequence it sounds, and when on the device's clock, in samples of it. */
export interface SoundBlock {
  /** Half-open, in sequence samples, whichever way it is played. */
  readonly from: Samples;
  readonly to: Samples;
  readonly startsAt: number;
  readonly rate: PlayRate;
}

/** Playback as the sound device sees it: sequence sample `origin` is due at device sample `startsAt`. */
export interface SoundAnchor {
  readonly origin: Samples;
  readonly startsAt: number;
  readonly rate: PlayRate;
}

/** Speeds that can be followed by ear; at the others the picture plays alone. */
export function isAudible(rate: PlayRate): boolean {
  return Math.abs(rate) <= 2;
}

/** Sound from an edge between two frames on, which playback crosses at a device sample. */
export function soundAnchor(edge: Frames, rate: PlayRate, sequenceRate: Rate, startsAt: number): SoundAnchor {
  return { origin: samplesAtFrameFloor(edge, sequenceRate, soundRateHz), startsAt: Math.round(startsAt), rate };
}

/** The block with this number: 0 is the first after the anchor. Undefined past either end of the sequence. */
export function blockAt(
  { origin, startsAt, rate }: SoundAnchor,
  index: number,
  length: Samples,
): SoundBlock | undefined {
  const near = origin + index * blockSamples * rate;
  const far = near + blockSamples * rate;
  const [from, to] = [Math.min(near, far), Math.max(near, far)];
  if (to <= 0 || from >= length) return undefined;
  return { from: samples(from), to: samples(to), startsAt: startsAt + index * blockSamples, rate };
}

/** The first block that is not wholly over at a device time. */
export function blockIndexAt({ startsAt }: SoundAnchor, deviceSample: number): number {
  return Math.max(0, Math.floor((deviceSample - startsAt) / blockSamples));
}

/** A take's samples, if they have been fetched; those before its first and after its last are not asked for. */
export type PcmOf = (
  takeId: TakeId,
  from: Samples,
  to: Samples,
) => { readonly samples: Int16Array; readonly from: Samples } | 'silent' | 'waiting';

/**
 * A block's sound as it is heard: interleaved stereo, `blockSamples` long, turned round for backward play and thinned
 * by averaging at double speed. `waiting` while a take's samples are still being fetched.
 */
export function mixBlock(
  block: SoundBlock,
  runs: readonly SoundRun[],
  pcmOf: PcmOf,
): Float32Array<ArrayBuffer> | 'waiting' {
  const mixed = new Float32Array((block.to - block.from) * 2);
  for (const run of runs) {
    const needed = neededSamples(run, block.from, block.to);
    if (!needed || needed.to <= 0) continue;
    const pcm = pcmOf(run.takeId, samples(Math.max(0, needed.from)), needed.to);
    if (pcm === 'waiting') return 'waiting';
    if (pcm !== 'silent') mixRun(mixed, block.from, run, pcm.samples, pcm.from);
  }
  return asHeard(mixed, block.rate);
}

function asHeard(mixed: Float32Array<ArrayBuffer>, rate: PlayRate): Float32Array<ArrayBuffer> {
  const thin = Math.abs(rate);
  if (rate === 1) return mixed;
  const heard = new Float32Array(mixed.length / thin);
  const pairs = heard.length / 2;
  for (let at = 0; at < pairs; at++) {
    const from = rate > 0 ? at : pairs - 1 - at;
    for (let channel = 0; channel < 2; channel++) {
      let sum = 0;
      for (let step = 0; step < thin; step++) sum += mixed[(from * thin + step) * 2 + channel] ?? 0;
      heard[at * 2 + channel] = sum / thin;
    }
  }
  return heard;
}
