import type { Activity } from '../contract/job.ts';
import { planShot, type ShotCosts, type ShotPlan, type ShotWork } from './estimate.ts';

/** How far a shot is. */
export interface ShotProgress {
  readonly activity: Activity;
  /** By time and not by phase, in [0, 1]. */
  readonly done: number;
  readonly secondsLeft?: number;
}

// How the parts of a shot compare where none was measured yet: a pack of loom-mini's shape on one core of an EPYC, by
// `node test/bench/generate-bench.ts`, alike at 288×160 and at 512×288. Only their proportions are used.
const typicalCosts: ShotCosts = {
  loadSeconds: 0.7,
  secondsPerKiloToken: 0.16,
  secondsPerMegapixel: 0.135,
  bytesPerToken: 0,
  fileShare: 0,
};

/**
 * Turns what a shot is doing into how far it is. Opening the pack counts for nothing in it: it says nothing of how far
 * it is, takes no time at all from the second shot on, and a small pack would jump from nothing to almost done.
 * The time left follows from this shot's own pace: what it took for what it has done. What earlier shots cost weighs
 * as much as one step beside it, so that it speaks before there is a pace and is outweighed from the second step on;
 * where there were none, nothing is said until two steps are done.
 * `nowMs`: any clock that only goes forward.
 */
export function progressOfShot(
  work: ShotWork,
  costs: ShotCosts | undefined,
  nowMs: () => number,
): (activity: Activity) => ShotProgress {
  const plan = planShot(work, costs ?? typicalCosts);
  const plannedSeconds = plan.sampling + plan.decoding;
  let startMs: number | undefined;
  let stepSeconds = plannedSeconds;
  return (activity) => {
    const isLoading = activity.kind === 'loading-pack';
    if (!isLoading) startMs ??= nowMs();
    const behind = Math.min(plannedSeconds, secondsBehind(plan, activity));
    const left = plannedSeconds - behind;
    const done = behind / plannedSeconds;
    if (activity.kind === 'sampling') stepSeconds = plan.sampling / activity.stepCount;
    if (isLoading) return costs ? { activity, done, secondsLeft: plan.loading + left } : { activity, done };
    const spent = (nowMs() - (startMs ?? 0)) / 1000;
    if (costs) return { activity, done, secondsLeft: (left * (spent + stepSeconds)) / (behind + stepSeconds) };
    if (!hasPace(activity) || behind === 0) return { activity, done };
    return { activity, done, secondsLeft: (left * spent) / behind };
  };
}

// A step or a frame counts once it is done.
function secondsBehind({ sampling, decoding }: ShotPlan, activity: Activity): number {
  switch (activity.kind) {
    case 'sampling':
      return (sampling * (activity.step - 1)) / activity.stepCount;
    case 'decoding':
      return sampling + (decoding * activity.framesDone) / activity.frameCount;
    case 'writing':
      return sampling + decoding;
    default:
      return 0;
  }
}

function hasPace(activity: Activity): boolean {
  return activity.kind === 'sampling' ? activity.step > 2 : activity.kind === 'decoding' || activity.kind === 'writing';
}
