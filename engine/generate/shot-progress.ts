import type { Activity } from '../contract/job.ts';
import type { ShotPlan } from './estimate.ts';

/**
 * How far a shot is, by time and not by phase, in [0, 1]: the plan's seconds for what is behind it against all of
 * them. A step or frame counts once it is done. Without measured costs the plan's parts may be in any unit.
 */
export function shareDone({ loading, sampling, decoding }: ShotPlan, activity: Activity): number {
  return Math.min(1, secondsBehind() / (loading + sampling + decoding));

  function secondsBehind(): number {
    switch (activity.kind) {
      case 'reading-prompt':
        return loading;
      case 'sampling':
        return loading + (sampling * (activity.step - 1)) / activity.stepCount;
      case 'decoding':
        return loading + sampling + (decoding * activity.framesDone) / activity.frameCount;
      case 'writing':
        return loading + sampling + decoding;
      default:
        return 0;
    }
  }
}
