import type { Estimate } from '../contract/generation.ts';

/** How much there is to compute for a shot, whatever computes it. */
export interface ShotWork {
  /** Runs of the transformer, a guided step counted twice. */
  readonly evaluations: number;
  /** Cost of one of them, in tokens: attention grows with their square. */
  readonly tokenWork: number;
  readonly megapixels: number;
}

/** What shots of a pack cost on this machine: plain data that the caller keeps, learnt from real runs. */
export interface ShotCosts {
  /** What opening the pack took for the latest shot: nothing where an earlier one had left it open. */
  readonly loadSeconds: number;
  readonly secondsPerKiloToken: number;
  readonly secondsPerMegapixel: number;
  /** Beside the weights and the runner itself. */
  readonly bytesPerToken: number;
  /** Of a finished file, against three bytes a pixel. */
  readonly fileShare: number;
}

/** A finished shot as it was measured; what was not measured in it teaches nothing. */
export interface ShotRun {
  readonly loadSeconds?: number;
  readonly samplingSeconds: number;
  readonly decodingSeconds: number;
  readonly peakMemoryBytes: number;
  readonly fileBytes?: number;
}

/** Seconds of each part of a shot, for the estimate before and the progress during it. */
export interface ShotPlan {
  readonly loading: number;
  readonly sampling: number;
  readonly decoding: number;
}

const newRunWeight = 0.3;
// Node and ONNX Runtime with the tiny pack of the tests open.
const emptyRunnerBytes = 124e6;
// fp16 weights are mapped from their file and unfolded to fp32 beside it: 134 MB of them took 361 MB, 456 at the peak.
const weightCopies = 3;
// Scenes out of the VAE of loom-mini took 0.23 to 0.30 as FFV1; disk is better over- than underestimated.
const assumedFileShare = 0.35;

/** Seconds that the parts of a shot will take. */
export function planShot(work: ShotWork, costs: ShotCosts): ShotPlan {
  return {
    loading: costs.loadSeconds,
    sampling: (work.evaluations * work.tokenWork * costs.secondsPerKiloToken) / 1000,
    decoding: work.megapixels * costs.secondsPerMegapixel,
  };
}

/** What a shot will cost, if it runs as the latest one did. Before the first run of a pack, only the disk can be told. */
export function estimateShot(work: ShotWork, packBytes: number, costs: ShotCosts | undefined): Estimate {
  const diskBytes = Math.ceil(rawBytes(work) * (costs?.fileShare ?? assumedFileShare));
  if (!costs) return { diskBytes };
  const { loading, sampling, decoding } = planShot(work, costs);
  const memoryBytes = Math.ceil(fixedBytes(packBytes) + work.tokenWork * costs.bytesPerToken);
  return { seconds: loading + sampling + decoding, memoryBytes, diskBytes };
}

/**
 * The costs after one more run: what it measured weighs 0.3. All of it counts in the first one, and in the first after
 * the pack was opened: opening slows down what follows it, and the next shot will find the pack open as this one did.
 */
export function learnCosts(costs: ShotCosts | undefined, work: ShotWork, packBytes: number, run: ShotRun): ShotCosts {
  const seen = costsOf(work, packBytes, run);
  const loadSeconds = run.loadSeconds ?? 0;
  if (!costs) return { fileShare: assumedFileShare, ...seen, loadSeconds };
  const isFirstWarm = costs.loadSeconds > 0 && loadSeconds === 0;
  const weight = isFirstWarm ? 1 : newRunWeight;
  const blend = (old: number, now: number | undefined) => old + weight * ((now ?? old) - old);
  return {
    loadSeconds,
    secondsPerKiloToken: blend(costs.secondsPerKiloToken, seen.secondsPerKiloToken),
    secondsPerMegapixel: blend(costs.secondsPerMegapixel, seen.secondsPerMegapixel),
    bytesPerToken: blend(costs.bytesPerToken, seen.bytesPerToken),
    fileShare: blend(costs.fileShare, seen.fileShare),
  };
}

function costsOf(work: ShotWork, packBytes: number, { fileBytes, ...run }: ShotRun) {
  return {
    secondsPerKiloToken: (run.samplingSeconds * 1000) / (work.evaluations * work.tokenWork),
    secondsPerMegapixel: run.decodingSeconds / work.megapixels,
    bytesPerToken: Math.max(0, run.peakMemoryBytes - fixedBytes(packBytes)) / work.tokenWork,
    ...(fileBytes === undefined ? {} : { fileShare: fileBytes / rawBytes(work) }),
  };
}

function fixedBytes(packBytes: number): number {
  return emptyRunnerBytes + weightCopies * packBytes;
}

function rawBytes({ megapixels }: ShotWork): number {
  return megapixels * 3e6;
}
