import type { Failure } from '../../../engine/contract/failure.ts';
import type { PackSummary, PromptReading } from '../../../engine/contract/generation.ts';
import type { JobId, PackId } from '../../../engine/contract/ids.ts';
import type { Activity, Job, JobState } from '../../../engine/contract/job.ts';
import { standInRate } from './take-entries.ts';

export const standInPack: PackSummary = {
  id: 'loom-mini' as PackId,
  name: 'Loom Mini',
  version: '0.1',
  isBuiltIn: true,
  tasks: ['text'],
  rate: standInRate,
  sizes: [{ widthPx: 256, heightPx: 160 }],
  frameCounts: { min: 9, max: 49, step: 4 },
  defaults: { steps: 20, guidanceScale: 4, frameCount: 25 },
  level: { en: 'Sketch quality', zh: '草图画质' },
  knownWordCount: 96,
  suggestions: { en: ['red boat', 'night', 'drifts'], zh: ['红色的船', '夜晚', '漂'] },
  bytes: 44_000_000,
};

const knownWords = /^(red|blue|boat|kite|moon|night|dusk|drifts|slow|sea|lighthouse)$/i;
const fillers = /^(a|the|past|at)$/i;
const maxWords = 24;

/** Reads a prompt word by word, as the built-in pack's closed vocabulary would. */
export function readWords(prompt: string): PromptReading {
  const words = [...prompt.matchAll(/[\p{L}\p{N}']+/gu)].map(({ 0: text, index }, count) => ({
    start: index,
    end: index + text.length,
    mark: count >= maxWords ? ('cut' as const) : markOf(text),
  }));
  return { words, tokenCount: Math.min(words.length, maxWords), maxTokenCount: maxWords };
}

function markOf(word: string): PromptReading['words'][number]['mark'] {
  if (knownWords.test(word)) return 'known';
  return fillers.test(word) ? 'filler' : 'ignored';
}

export interface RunOptions {
  readonly job: Job;
  readonly stepCount: number;
  readonly stepMs: number;
  /** Whether the job stays at the step it is at. */
  readonly isHeld?: () => boolean;
  readonly signal: AbortSignal;
  readonly report: (job: Job) => void;
  /** The job ends as failed when this names a failure. */
  readonly failure?: Failure;
}

/** Goes through the phases of a shot, a step at a time, as the runner would. */
export async function runShot(options: RunOptions): Promise<JobState> {
  const { job, stepCount, stepMs, isHeld, signal, report, failure } = options;
  const total = stepCount + 4;
  let ticks = 0;
  const tick = async (activity: Activity) => {
    const left = total - ticks;
    report({
      ...job,
      state: { kind: 'running', activity, done: ticks / total, secondsLeft: (left * stepMs) / 1000 },
    });
    ticks++;
    await pause(stepMs, signal);
    while (isHeld?.() && !signal.aborted) await pause(50, signal);
  };
  const phases: Activity[] = [
    { kind: 'loading-pack' },
    { kind: 'reading-prompt' },
    ...Array.from({ length: stepCount }, (_, index): Activity => ({ kind: 'sampling', step: index + 1, stepCount })),
    { kind: 'decoding', framesDone: 0, frameCount: 25 },
    { kind: 'writing' },
  ];
  for (const phase of phases) {
    if (signal.aborted) return { kind: 'cancelled' };
    await tick(phase);
  }
  if (signal.aborted) return { kind: 'cancelled' };
  return ended(failure);
}

export async function runExport(options: RunOptions): Promise<JobState> {
  const { job, stepCount: frameCount, stepMs, signal, report, failure } = options;
  const chunk = Math.max(1, Math.round(frameCount / 20));
  for (let framesDone = 0; framesDone < frameCount; framesDone += chunk) {
    if (signal.aborted) return { kind: 'cancelled' };
    const done = framesDone / frameCount;
    report({
      ...job,
      state: {
        kind: 'running',
        activity: { kind: 'encoding', framesDone, frameCount },
        done,
        secondsLeft: 10 - done * 10,
      },
    });
    await pause(stepMs, signal);
  }
  if (signal.aborted) return { kind: 'cancelled' };
  return ended(failure);
}

/** A full disk is waited out. */
function ended(failure: Failure | undefined): JobState {
  if (failure?.code === 'disk-full') return { kind: 'paused', because: failure };
  return failure ? { kind: 'failed', failure } : { kind: 'finished' };
}

export function jobId(count: number): JobId {
  return `job-${count}` as JobId;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
